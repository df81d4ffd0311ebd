import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A fixed set of threads that share out the numbered tasks of one region at a time. Who runs which task is
/// unspecified, and must not matter: a task owns what it writes. Regions follow each other within microseconds, so an
/// idle thread first spins, then sleeps.
final class ThreadPool: @unchecked Sendable {
  let threads: Int
  private let shared: Shared
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
    nonisolated(unsafe) var body: ((Int) -> Void)?
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
      pthread_mutex_init(mutex, nil)
      pthread_cond_init(wake, nil)
    }

    deinit {
      pthread_mutex_destroy(mutex)
      pthread_cond_destroy(wake)
      mutex.deallocate()
      wake.deallocate()
    }
  }

  /// Loads of the generation before an idle thread sleeps: some tens of microseconds.
  private static let spins = 20_000

  init(threads: Int) {
    self.threads = max(1, threads)
    shared = Shared()
    for _ in 1..<self.threads {
      #if canImport(Glibc)
        var thread = pthread_t()
      #else
        var thread: pthread_t?
      #endif
      let argument = Unmanaged.passRetained(shared)
      let failed = pthread_create(
        &thread, nil,
        { argument in
          #if canImport(Glibc)
            let shared = Unmanaged<Shared>.fromOpaque(argument!).takeRetainedValue()
          #else
            let shared = Unmanaged<Shared>.fromOpaque(argument).takeRetainedValue()
          #endif
          ThreadPool.work(shared)
          return nil
        }, argument.toOpaque())
      // Without this thread the others do its share: slower, the same results.
      if failed != 0 { argument.release() } else { _ = pthread_detach(thread) }
    }
  }

  deinit {
    shared.closed.store(true, ordering: .sequentiallyConsistent)
    shared.generation.add(1, ordering: .sequentiallyConsistent)
    pthread_mutex_lock(shared.mutex)
    pthread_cond_broadcast(shared.wake)
    pthread_mutex_unlock(shared.mutex)
  }

  /// Calls `body` once for each number below `tasks`, and returns when all calls have returned. Calls from several
  /// threads take turns; a body must not call it.
  func run(_ tasks: Int, _ body: (Int) -> Void) {
    if threads == 1 || tasks <= 1 {
      for task in 0..<tasks { body(task) }
      return
    }
    turn.withLock { _ in share(tasks, body) }
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

  private static func work(_ shared: Shared) {
    var seen = 0
    while true {
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
      drain(shared)
    }
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
