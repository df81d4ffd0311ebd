import Diagnostics
import Interpreter
import Syntax

/// The networks that every text may use, defined in the language itself.
enum Prelude {
  static let text = """
    let vgg5 = network [conv(32, stride: 2), conv(64, stride: 2), conv(128, stride: 2), conv(256, stride: 2), dropout(0.5), dense(classes)]
    let resnet10 = network [conv(64), residual(64), residual(128, stride: 2), residual(256, stride: 2), residual(512, stride: 2), average(), dense(classes)]
    let resnet10_plain = network [conv(64), residual(64), residual(128, stride: 2, shortcut: "zeros"), residual(256, stride: 2, shortcut: "zeros"), residual(512, stride: 2, shortcut: "zeros"), average(), dense(classes, bias: false)]
    let paper_decoder = network [dense(1024, activation: "relu", reshape: [256, 2, 2]), deconv(128), deconv(64), deconv(32), deconv(channels)]
    """

  /// The names that the prelude binds.
  static func environment(_ vocabulary: Vocabulary) -> Environment {
    let parsed = parse(SourceFile(name: "<prelude>", text: text))
    let evaluator = Evaluator(vocabulary: vocabulary)
    for statement in parsed.statements { _ = evaluator.execute(statement, in: parsed.source) }
    return evaluator.environment.builtIn
  }
}
