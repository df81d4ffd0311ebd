import Diagnostics
import Interpreter
import Syntax

/// What may stand at the end of what is typed.
public struct Completion: Sendable {
  /// What is typed of it already.
  public var word = ""
  /// The likeliest first; each begins with the word.
  public var suggestions: [Suggestion] = []
  /// Names of files are wanted.
  public var isOfFiles = false
}

extension Session {
  /// - Parameter text: what is typed of an entry, up to the cursor.
  public func completion(of text: String) -> Completion {
    if let completion = completionOfCommand(text) { return completion }
    let context = CursorContext(atEndOf: text)
    let completer = Completer(
      vocabulary, environment, value: { self.value(of: $0) }, answers: { self.words(answering: $0, in: $1) })
    var found = completer.suggestions(at: context)
    if context.place == .statement, !context.isInQuotes, !text.contains("\n") {
      found += PromptWord.allCases.map {
        Suggestion($0.rawValue, $0.documentation, isFollowed: $0.usage != $0.rawValue)
      }
      .filter { $0.text.hasPrefix(context.word) && environment[$0.text] == nil }
    }
    return Completion(word: context.word, suggestions: found)
  }

  /// Behind a word of the prompt; none where the text is a statement's.
  private func completionOfCommand(_ text: String) -> Completion? {
    let body = text.drop { $0 == " " }
    let isQuestion = body.first == "?"
    let name = isQuestion ? "?" : String(body.prefix { $0.isLetter })
    let rest = body.dropFirst(name.count)
    guard isQuestion || rest.first == " ", environment[name] == nil,
      let word = isQuestion ? .help : PromptWord.named(name)
    else { return nil }
    let typed = String(rest.reversed().prefix { $0 != " " && $0 != "," }.reversed())
    let among = { (suggestions: [Suggestion]) in
      Completion(word: typed, suggestions: suggestions.filter { $0.text.hasPrefix(typed) })
    }
    switch word {
    case .help: return among(rest.dropLast(typed.count).allSatisfy { $0 == " " } ? helpTopics(vocabulary) : [])
    case .drop:
      return among(environment.ownNames.map { Suggestion($0, environment[$0]?.value?.shortText ?? "") })
    case .open:
      return among(environment.ownNames.filter { figure(named: $0) != nil }.map { Suggestion($0, "a figure") })
    case .run: return Completion(isOfFiles: rest.contains("\""))
    case .time: return completion(of: String(rest.drop { $0 == " " }))
    case .tour:
      return among([
        Suggestion("again", "from its beginning"), Suggestion("on", "where it was left in an earlier session"),
      ])
    case .vars, .undo, .save, .clear, .quit: return Completion()
    }
  }

  /// The value of a text by itself, for which nothing is run.
  private func value(of text: String, about subject: ImagesValue? = nil) -> Value? {
    let parsed = parse(SourceFile(name: "<prompt>", text: text))
    guard parsed.diagnostics.isEmpty, parsed.statements.count == 1,
      case .show(let expression)? = parsed.statements.first?.kind
    else { return nil }
    return quietEvaluator.evaluate(expression, in: parsed.source, about: subject)
  }

  /// The texts that a question about an image may be answered by: class names.
  private func words(answering question: String, in call: CursorContext.Call?) -> [Suggestion] {
    let arguments = (call.map { Array($0.labelled.values) + $0.values } ?? []).lazy.compactMap { self.value(of: $0) }
    let images =
      arguments.compactMap(\.images).first
      ?? environment.ownNames.reversed().lazy.compactMap {
        self.environment[$0]?.value?.images
      }.first
    guard let images, let answer = value(of: question, about: images),
      case .unknown(.word(let words))? = answer.leaves.first
    else { return [] }
    return words.words.map { .quoted($0, words.kind.noun) }
  }
}

extension Value {
  /// The images that it is, or that a figure of it shows unless it is told.
  fileprivate var images: ImagesValue? {
    guard case .object(let object)? = leaves.first else { return nil }
    switch object {
    case let images as ImagesValue: return images
    case let dataset as DatasetValue: return dataset.images(.test)
    case let model as AutoEncoderValue: return model.testImages
    default: return nil
    }
  }
}
