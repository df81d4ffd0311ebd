import ArgumentParser

/// `--set NAME=VALUE`: values of parameters in place of those in the text.
struct Settings: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Another value for a param of the notebook; may be repeated.", valueName: "name=value"))
  private var texts: [String] = []

  private(set) var values: [String: String] = [:]

  enum CodingKeys: CodingKey { case texts }

  mutating func validate() throws {
    for text in texts {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
        throw ValidationError("--set takes name=value, such as --set seed=3, not '\(text)'.")
      }
      let name = String(text[..<equals])
      guard values.updateValue(String(text[text.index(after: equals)...]), forKey: name) == nil else {
        throw ValidationError("--set gives '\(name)' twice.")
      }
    }
  }
}
