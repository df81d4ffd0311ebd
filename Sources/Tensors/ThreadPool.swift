import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A fixed set of threads that share out the numbered tasks of one region at a time. Who runs which task is
/// unspecified, and must not matter: a task owns what it writes. Regions follow each other within microseconds, so an
/// idle thread first spins, then sleeps. How many of the threads work may change from one region to the next.
final class ThreadPool: @unchecked Sendable {
  let threads: Int
  private let shared: Shared
  /// Threads that have been started, besides the one that asks for a region. Those that never work are never started.
  private let started = Mutex(0)
  /// Held while a region is under way.
  private let turn = Mutex(())

  /// What the threads share; it outlives the pool until the last of them has left.
  private final class Shared: @unchecked Sendable {
    /// Tasks in this region in the high half, the next one to hand out in the low half.
    let ticket = Atomic<UInt64>(0)
    let finished = Atomic<Int>(0)
    let generation = Atomic<Int>(0)
    let sleepers = Atomic<Int>(0)
    let closed = Atomic<Bool>(false)
    /// How many threads work, the one that asks included.
    let active = Atomic<Int>(1)
    nonisolated(unsafe) var body: ((Int) -> Void)?
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    /// Signalled when more threads may work; the others wait for this alone, and no region wakes them.
    let widened = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
      pthread_mutex_init(mutex, nil)
      pthread_cond_init(wake, nil)
      pthread_cond_init(widened, nil)
    }

    deinit {
      pthread_mutex_destroy(mutex)
      pthread_cond_destroy(wake)
      pthread_cond_destroy(widened)
      mutex.deallocate()
      wake.deallocate()
      widened.deallocate()
    }
  }

  /// A thread of the pool: it works while more threads are active than its number says.
  private final class Helper: Sendable {
    let shared: Shared
    let number: Int

    init(_ shared: Shared, number: Int) { (self.shared, self.number) = (shared, number) }
  }

  /// Loads of the generation before an idle thread sleeps: some tens of microseconds.
  private static let spins = 20_000

  /// - Parameter active: how many of them work at first.
  init(threads: Int, active: Int) {
    self.threads = max(1, threads)
    shared = Shared()
    self.active = active
  }

  /// How many threads work, from 1 to all of them. May be set from any thread, at any time; a region that is under way
  /// may go on with those that it has.
  var active: Int {
    get { shared.active.load(ordering: .relaxed) }
    set {
      let count = max(1, min(newValue, threads))
      started.withLock { started in
        while started < count - 1 {
          started += 1
          start(Helper(shared, number: started))
        }
      }
      pthread_mutex_lock(shared.mutex)
      shared.active.store(count, ordering: .sequentiallyConsistent)
      pthread_cond_broadcast(shared.widened)
      pthread_mutex_unlock(shared.mutex)
    }
  }

  private func start(_ helper: Helper) {
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let argument = Unmanaged.passRetained(helper)
    let failed = pthread_create(
      &thread, nil,
      { argument in
        #if canImport(Glibc)
          let helper = Unmanaged<Helper>.fromOpaque(argument!).takeRetainedValue()
        #else
          let helper = Unmanaged<Helper>.fromOpaque(argument).takeRetainedValue()
        #endif
        ThreadPool.work(helper.shared, number: helper.number)
        return nil
      }, argument.toOpaque())
    // Without this thread the others do its share: slower, the same results.
    if failed != 0 { argument.release() } else { _ = pthread_detach(thread) }
  }

  deinit {
    shared.closed.store(true, ordering: .sequentiallyConsistent)
    shared.generation.add(1, ordering: .sequentiallyConsistent)
    pthread_mutex_lock(shared.mutex)
    pthread_cond_broadcast(shared.wake)
    pthread_cond_broadcast(shared.widened)
    pthread_mutex_unlock(shared.mutex)
  }

  /// Calls `body` once for each number below `tasks`, and returns when all calls have returned. Calls from several
  /// threads take turns; a body must not call it.
  func run(_ tasks: Int, _ body: (Int) -> Void) {
    if threads == 1 || tasks <= 1 {
      for task in 0..<tasks { body(task) }
      return
    }
    turn.withLock { _ in
      if active == 1 { for task in 0..<tasks { body(task) } } else { share(tasks, body) }
    }
  }

  private func share(_ tasks: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      shared.body = body
      shared.finished.store(0, ordering: .relaxed)
      shared.ticket.store(UInt64(tasks) << 32, ordering: .releasing)
      shared.generation.add(1, ordering: .sequentiallyConsistent)
      if shared.sleepers.load(ordering: .sequentiallyConsistent) > 0 {
        pthread_mutex_lock(shared.mutex)
        pthread_cond_broadcast(shared.wake)
        pthread_mutex_unlock(shared.mutex)
      }
      ThreadPool.drain(shared)
      var waits = 0
      while shared.finished.load(ordering: .acquiring) != tasks {
        waits += 1
        if waits > ThreadPool.spins { sched_yield() }
      }
      shared.body = nil
    }
  }

  private static func work(_ shared: Shared, number: Int) {
    var seen = 0
    while true {
      if number >= shared.active.load(ordering: .relaxed) { seen = waitUntilActive(shared, number: number) }
      var waits = 0
      var generation = shared.generation.load(ordering: .acquiring)
      while generation == seen {
        waits += 1
        if waits > spins {
          pthread_mutex_lock(shared.mutex)
          shared.sleepers.add(1, ordering: .sequentiallyConsistent)
          while shared.generation.load(ordering: .sequentiallyConsistent) == seen {
            pthread_cond_wait(shared.wake, shared.mutex)
          }
          shared.sleepers.subtract(1, ordering: .sequentiallyConsistent)
          pthread_mutex_unlock(shared.mutex)
        }
        generation = shared.generation.load(ordering: .acquiring)
      }
      seen = generation
      if shared.closed.load(ordering: .sequentiallyConsistent) { return }
      if number < shared.active.load(ordering: .relaxed) { drain(shared) }
    }
  }

  /// - Returns: the generation whose region was begun last before this thread was to work again; it may have begun without
  ///   this thread, and is not waited for.
  private static func waitUntilActive(_ shared: Shared, number: Int) -> Int {
    pthread_mutex_lock(shared.mutex)
    defer { pthread_mutex_unlock(shared.mutex) }
    while number >= shared.active.load(ordering: .relaxed), !shared.closed.load(ordering: .sequentiallyConsistent) {
      pthread_cond_wait(shared.widened, shared.mutex)
    }
    let generation = shared.generation.load(ordering: .sequentiallyConsistent)
    // The end of the pool is a generation of its own, and must not be missed.
    return shared.closed.load(ordering: .sequentiallyConsistent) ? generation - 1 : generation
  }

  /// Takes tasks until none is left. A thread that comes late finds none and is not waited for.
  private static func drain(_ shared: Shared) {
    let done = takeTasks(shared)
    if done > 0 { shared.finished.add(done, ordering: .releasing) }
  }

  /// Does tasks of the region as long as tickets are handed out, and returns how many. The region does not end, nor
  /// another begin, before they are counted as finished; so the body is there, and tickets are this region's. A function of its
  /// own, so that its hold on the body ends before they are counted.
  @inline(never)
  private static func takeTasks(_ shared: Shared) -> Int {
    var ticket = shared.ticket.add(1, ordering: .acquiring).oldValue
    guard ticket & 0xffff_ffff < ticket >> 32, let body = shared.body else { return 0 }
    var done = 0
    repeat {
      body(Int(ticket & 0xffff_ffff))
      done += 1
      ticket = shared.ticket.add(1, ordering: .acquiring).oldValue
    } while ticket & 0xffff_ffff < ticket >> 32
    return done
  }
}
