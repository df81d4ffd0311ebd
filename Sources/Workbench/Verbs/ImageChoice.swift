import Interpreter

/// Which of the images `where:`, `sort:` and `count:` choose.
struct ImageChoice {
  let call: Call
  let images: ImagesValue
  let answers: Answers

  /// No figure shows more.
  static let most = 64

  /// Indices into `images`; in a check as many of the first as there would be at most.
  var indices: [Int] {
    get throws(Fault) {
      var chosen = Array(0..<images.count)
      if let answers = try answers("where") {
        var isTrue: [Bool] = []
        for answer in answers {
          switch answer {
          case .boolean(let truth): isTrue.append(truth)
          case .unknown(.boolean), .unknown(.anything): isTrue.append(true)
          default: throw WorkbenchMistake.notACondition(given: answer.kindInWords).fault(at: .argument("where"))
          }
        }
        try checkAsked(answers, "where")
        chosen = chosen.filter { isTrue.count == 1 ? isTrue[0] : isTrue[$0] }
      }
      let keys = try answers("sort")
      if let odd = keys?.first(where: { !$0.isSortable }) {
        throw WorkbenchMistake.notSortable(given: odd.kindInWords).fault(at: .argument("sort"))
      }
      try checkAsked(keys, "sort")
      guard !chosen.isEmpty || !answers.isRunning else {
        throw WorkbenchMistake.noImageMatches(count: images.count).fault(
          at: .argument(call.has("where") ? "where" : "of"))
      }
      if let keys, keys.count == images.count {
        // Equal ones stay in order.
        chosen.sort { keys[$0].precedes(keys[$1]) || (!keys[$1].precedes(keys[$0]) && $0 < $1) }
      }
      return Array(chosen.prefix(call.integer("count") ?? images.shownCount))
    }
  }

  /// What does not depend on the image chooses nothing.
  private func checkAsked(_ answers: [Value]?, _ label: String) throws(Fault) {
    guard answers?.count == 1, images.count > 1, answers?.first?.isUnknown == false else { return }
    throw WorkbenchMistake.sameForAll(label: label).fault(at: .argument(label))
  }

  /// One answer for each image, or a single one for all; none where nothing was asked.
  private func answers(_ label: String) throws(Fault) -> [Value]? {
    guard let answer = try call.ask(label, about: images) else { return nil }
    let axes = answer.axes.map(\.name).filter { $0 != "image" }
    guard axes.isEmpty else { throw WorkbenchMistake.severalAnswers(axes: axes).fault(at: .argument(label)) }
    return answer.listed
  }
}

extension Value {
  fileprivate var isSortable: Bool {
    switch self {
    case .number, .string, .boolean, .unknown: true
    default: false
    }
  }

  fileprivate func precedes(_ other: Value) -> Bool {
    switch (self, other) {
    // What an image has not comes last.
    case (.number(let left), .number(let right)): left < right || right.isNaN && !left.isNaN
    case (.string(let left), .string(let right)): left < right
    case (.boolean(let left), .boolean(let right)): !left && right
    default: false
    }
  }
}
