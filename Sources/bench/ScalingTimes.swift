import Foundation
import Synchronization

/// What is faster on this machine: all threads for one step after the other, or as many steps at a time on one thread
/// each? It decides how many jobs are best done side by side.
struct ScalingTimes {
  let threads: Int
  let batch: Int
  let repetitions: Int

  /// The three ways follow each other by turns, three times, so that all of them meet the same machine; the best of each
  /// counts.
  func show(_ work: [String]) throws {
    print("median ms      1 thread  \(threads) threads   gain   \(threads) at a time, 1 thread each   gain of that")
    for name in work {
      var least = (one: Double.infinity, all: Double.infinity, together: Double.infinity)
      for _ in 0..<3 {
        least.one = min(least.one, try time(name, threads: 1))
        least.all = min(least.all, try time(name, threads: threads))
        least.together = min(least.together, try slowest(name))
      }
      let together = Double(threads) * least.all / least.together
      print(
        "\(name.padded(14)) \(column(least.one, 2, width: 8)) \(column(least.all, 2, width: 10)) "
          + "\(column(least.one / least.all, 2, width: 6)) \(column(least.together, 2, width: 24)) "
          + "\(column(together, 2, width: 17))")
    }
  }

  private func time(_ name: String, threads: Int) throws -> Double {
    try Work.timeApart(name, repetitions: repetitions, batch: batch, threads: threads).median
  }

  /// Of as many processes at a time as there are threads, the one that is slowest. Medians, since the quickest step may be one
  /// of a moment when the others had ended.
  private func slowest(_ name: String) throws -> Double {
    let times = Mutex<[Result<Double, any Error>]>([])
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let time = Result {
        try Work.timeApart(name, repetitions: repetitions, batch: batch, threads: 1).median
      }
      times.withLock { $0.append(time) }
    }
    return try times.withLock { times in try times.map { try $0.get() }.max() ?? 0 }
  }
}
