import Interpreter

/// A word that stands for something that the context knows: `classes` in `dense(classes)`, `input` in a grid.
struct PlaceholderValue: Presentable {
  enum Meaning: String, Sendable {
    case classes = "number of classes"
    case channels = "number of channels"
    case input = "input"
  }

  let meaning: Meaning
  var typeName: String { meaning.rawValue }
  var summary: String { meaning == .input ? "the input itself" : "the data set's " + meaning.rawValue }
}
