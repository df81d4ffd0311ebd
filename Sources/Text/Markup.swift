/// A text within HTML or XML, in an element or in an attribute's quotes, where nothing in it is markup; what must not be
/// shown becomes �.
public func markup(_ text: some StringProtocol) -> String {
  var result = ""
  for scalar in visible(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
