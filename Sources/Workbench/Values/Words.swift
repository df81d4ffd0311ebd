import Interpreter

// Words that stand for what the context knows.

/// `classes` in `dense(classes)`: the data set's number of classes.
struct ClassesWord: Presentable {
  static let kind = ValueKind("number of classes", one: "the word classes")
  let summary = "the data set's number of classes"
}

/// `channels` in `deconv(channels)`: the image's number of channels.
struct ChannelsWord: Presentable {
  static let kind = ValueKind("number of channels", one: "the word channels")
  let summary = "the data set's number of channels"
}

/// `input` in a grid: the images themselves.
struct InputWord: Presentable {
  static let kind = ValueKind("input", one: "the word input")
  let summary = "the input itself"
}
