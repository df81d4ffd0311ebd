import Interpreter

extension Vocabulary {
  /// Everything that the language can say about networks. To add a verb, write its declaration beside the others and
  /// name it here.
  static func workbench(_ laboratory: Laboratory) -> Vocabulary {
    Vocabulary(
      [
        loadVerb(laboratory), networkVerb(), trainVerb(laboratory), cladecVerb(laboratory), refaeVerb(laboratory),
        evaluateVerb(laboratory), tableVerb(), gridVerb(laboratory), inspectVerb(laboratory), showVerb(),
      ]
        + networkBlocks() + classifierFunctions(laboratory) + autoEncoderFunctions(laboratory)
        + imageFunctions(laboratory) + arithmeticFunctions() + placeholders(), habits: namesOfOtherTools)
  }
}
