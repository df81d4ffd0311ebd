/// The stable code of a kind of mistake. The hundreds tell the phase: 0 the text (lexing, parsing, the notebook's form), 1 names, arguments and
/// types, 2 networks, layers and shapes, 3 data and files, 4 running, 5 expectations.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
  case unexpectedCharacter = "E001"
}
