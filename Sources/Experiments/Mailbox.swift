#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Letters from many threads to one, which waits for them.
final class Mailbox<Letter: Sendable>: @unchecked Sendable {
  // All that follows is touched with the mutex locked only.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var letters: [Letter] = []

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(filled, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(filled)
    mutex.deallocate()
    filled.deallocate()
  }

  func post(_ letter: Letter) {
    pthread_mutex_lock(mutex)
    letters.append(letter)
    pthread_cond_signal(filled)
    pthread_mutex_unlock(mutex)
  }

  /// The oldest letter, as soon as there is one.
  func take() -> Letter {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while letters.isEmpty { pthread_cond_wait(filled, mutex) }
    return letters.removeFirst()
  }
}

/// Runs a body on a thread of its own; here and now where there can be no further thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
  #if canImport(Glibc)
    var thread = pthread_t()
    let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
      if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
      return nil
    }
  #else
    var thread: pthread_t?
    let start: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
      Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
      return nil
    }
  #endif
  let argument = Unmanaged.passRetained(Body(body))
  if pthread_create(&thread, nil, start, argument.toOpaque()) == 0 {
    #if canImport(Glibc)
      pthread_detach(thread)
    #else
      if let thread { pthread_detach(thread) }
    #endif
  } else {
    argument.release()
    body()
  }
}
