import Diagnostics
import Syntax

extension Value {
  /// A value of this one's kind from a text outside the notebook, such as `--set seed=3`; texts need no quotes there.
  func sameKind(from text: String) -> Value? {
    switch self {
    case .number: return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    case .boolean: return text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    case .string: return .string(text)
    case .list(let elements):
      guard text.hasPrefix("["), text.hasSuffix("]"), let pattern = elements.first else { return nil }
      let parts = text.dropFirst().dropLast().split(separator: ",")
      let values = parts.compactMap { pattern.sameKind(from: String($0.drop(while: \.isWhitespace))) }
      return values.count == parts.count ? .list(values) : nil
    case .range:
      guard let dots = text.firstRange(of: "..."), let lower = Int(text[..<dots.lowerBound]),
        let upper = Int(text[dots.upperBound...]), lower <= upper
      else { return nil }
      return .range(lower: lower, upper: upper)
    default: return nil
    }
  }
}
