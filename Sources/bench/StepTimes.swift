import ArgumentParser
import Foundation

/// Milliseconds of a repeated piece of work, and the peak memory of the process that did it, if it had one of its own.
struct Time: Codable {
  let least: Double
  let median: Double
  var peakMiB: Double?

  private enum CodingKeys: String, CodingKey {
    case least = "min_ms"
    case median = "median_ms"
    case peakMiB = "peak_mib"
  }

  /// - Precondition: there is at least one.
  init(_ milliseconds: [Double]) {
    let sorted = milliseconds.sorted()
    least = sorted.first ?? 0
    median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  var text: String { "min \(column(least, 2, width: 9)) ms   median \(column(median, 2, width: 9)) ms" }
}

/// Times by the name of the work, as the baseline prints them and as they are kept in a file.
struct StepTimes {
  var byName: [String: Time] = [:]

  init() {}

  init(json: Data) throws { byName = try JSONDecoder().decode([String: Time].self, from: json) }

  init(file: String) throws { try self.init(json: Data(contentsOf: URL(fileURLWithPath: file))) }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(byName), as: UTF8.self)
  }

  func write(to file: String) throws {
    try Data((json() + "\n").utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
  }
}

extension Child {
  /// The time of a step that this process printed as JSON, with the process's peak memory.
  func time(of name: String) throws -> Time {
    guard var time = try StepTimes(json: output).byName[name] else {
      throw ValidationError("no time was printed for \(name)")
    }
    time.peakMiB = peakMiB
    return time
  }
}

/// Runs a piece of work some times and returns the milliseconds of each.
func milliseconds(_ repetitions: Int, _ body: () throws -> Void) rethrows -> [Double] {
  let clock = ContinuousClock()
  return try (0..<repetitions).map { _ in try clock.measure(body) / .milliseconds(1) }
}

/// A number with so many decimals, set right in a column.
func column(_ value: Double, _ decimals: Int, width: Int = 0) -> String {
  String(format: "%\(width).\(decimals)f", value)
}

extension String {
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
