import Interpreter

extension Vocabulary {
  /// Everything that the language can say about networks. To add a verb, write its declaration beside the others and
  /// name it here.
  static func workbench(_ answers: Answers) -> Vocabulary {
    Vocabulary(
      [
        loadVerb(answers), networkVerb(), trainVerb(answers), cladecVerb(answers), refaeVerb(answers),
        randomiseVerb(answers), baselineVerb(answers), smoothVerb(answers),
        evaluateVerb(answers), probeVerb(answers), interveneVerb(answers), tableVerb(), gridVerb(answers),
        plotVerb(answers), inspectVerb(), showVerb(),
      ]
        + networkBlocks() + classifierFunctions(answers) + autoEncoderFunctions(answers) + [
          distanceFunction(answers), historyFunction(answers), varyingFunction(),
        ]
        + imageFunctions(answers) + arithmeticFunctions() + placeholders(), habits: namesOfOtherTools)
  }
}
