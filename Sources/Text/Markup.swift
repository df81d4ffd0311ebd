/// A text within HTML or XML, in an element or in an attribute's quotes, where nothing in it is markup. Control
/// characters but line breaks and tabs, and what changes the direction of a text, become �.
public func markup(_ text: some StringProtocol) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default:
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: result.unicodeScalars.append(scalar)
      case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFFFE...0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
  return result
}
