import Datasets
import Experiments
import Interpreter
import Text

/// `probe [input, C, R, E], factor: ["class", "tone"], layer: -1`
func probeVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "probe", factorParameters(with: [Probe.classFactor]), returns: "table",
    "How much of what images were drawn from a linear probe reads from them, from a layer, or from pictures, on held-out images, beside random labels.",
    example: "let P = probe [input, C, E], factor: [\"class\", \"tone\"], layer: -1"
  ) { call throws(Fault) in
    let look = try FactorLook(call, answers, usually: [Probe.classFactor])
    let jobs = look.entries.all.map { entry in
      let job = Probe(of: entry.source, on: look.images.job, factors: look.factors)
      answers.names.name(job, "probe \(entry.name)", at: entry.point)
      return job
    }
    try answers.make(jobs)
    var columns = [
      Interpreter.Table.Column("score is", .setting, meaning: "what the score is"),
      Interpreter.Table.Column(
        "score", .measure, meaning: "of a ridge regression on held-out images: R² of numbers, accuracy of kinds"),
      Interpreter.Table.Column(
        "random labels", .measure, meaning: "the same with the factor permuted among the images"),
      Interpreter.Table.Column("selectivity", .measure, meaning: "score minus random labels"),
    ]
    columns.append(Interpreter.Table.Column("images", .setting, meaning: "how many have the factor"))
    return .table(
      try look.table(columns, jobs.map(\.digest)) { number throws(Fault) in
        let findings = try answers.value(of: jobs[number])
        return look.factors.indices.map { factor in
          guard let finding = findings?[factor] else {
            return [.text(look.measure(of: look.factors[factor])), .unknown, .unknown, .unknown, .unknown]
          }
          let isRead = finding.score != nil
          return [
            .text(isRead ? look.measure(of: look.factors[factor]) : "the factor does not vary"),
            Interpreter.Table.Cell(finding.score), Interpreter.Table.Cell(finding.control),
            Interpreter.Table.Cell(finding.score.flatMap { score in finding.control.map { score - $0 } }),
            .number(Double(finding.images)),
          ]
        }
      })
  }
}

/// `intervene [input, C, R, E], factor: ["tone", "sleeve length"], layer: -1`
func interveneVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "intervene", factorParameters(with: []), returns: "table",
    "How far images, a layer and pictures move, and decisions flip, where each image is drawn again with one factor drawn anew.",
    example: "let M = intervene [input, C, E], factor: [\"tone\", \"scale\"], layer: -1"
  ) { call throws(Fault) in
    let look = try FactorLook(call, answers, usually: [])
    let redrawn = look.factors.map { RedrawnImages(look.images.job, factor: $0) }
    let jobs = look.entries.all.map { entry in
      let job = Intervention(
        of: entry.source, on: look.images.job, replacing: redrawn, observer: entry.classifier?.job)
      answers.names.name(job, "intervene on \(entry.name)", at: entry.point)
      return job
    }
    try answers.make(jobs)
    let columns = [
      Interpreter.Table.Column(
        "movement", .measure,
        meaning:
          "half the mean squared distance of the two, relative to the variance over images: 1 is as far as two images drawn at random"
      ),
      Interpreter.Table.Column(
        "flips", .measure, meaning: "share of images that the classifier then takes for another class"),
      Interpreter.Table.Column("images", .setting, meaning: "how many have the factor"),
    ]
    return .table(
      try look.table(columns, jobs.map(\.digest)) { number throws(Fault) in
        let effects = try answers.value(of: jobs[number])
        return look.factors.indices.map { factor in
          guard let effect = effects?[factor] else { return [.unknown, .unknown, .unknown] }
          return [
            Interpreter.Table.Cell(effect.movement), Interpreter.Table.Cell(effect.flips),
            .number(Double(effect.images)),
          ]
        }
      })
  }
}

private func factorParameters(with others: [String]) -> [Callable.Parameter] {
  let known = others + (others.isEmpty ? KnownDataset.garments.factors : KnownDataset.allCases.flatMap(\.factors))
  let own = others.map { "\"\($0)\" " }.joined()
  return [
    .first(
      "sources", .object(InputWord.self, ClassifierValue.self, AutoEncoderValue.self), reach: .whole,
      "what to look at: input, classifiers, autoencoders, a list of these"),
    .label(
      "factor", .named("a factor's name", .choice(known)), reach: .whole,
      .decided((own.isEmpty ? "" : "\(own)and ") + "what is drawn alike for all classes"),
      "what the images were drawn from, by name" + (own.isEmpty ? "" : ", or \"class\"") + "; a list for several"),
    .label(
      "layer", .named("a layer's number or name", .either([.whole, .string])), reach: .whole, .decided("-1"),
      "the layer of classifiers, by number or name; a list for several", suggesting: .layers),
    .label(
      "on", .object(DatasetValue.self, ImagesValue.self), .decided("the test split"),
      "the images; of a data set, its test split; of more than \(FactorLook.mostImages) the first ones"),
  ]
}

/// What `probe` and `intervene` are asked for, after making sure that it can be had.
private struct FactorLook {
  /// A kernel of so many images fits into any memory.
  static let mostImages = 2000

  let entries: SourceEntries
  let images: ImagesValue
  let factors: [String]

  /// - Parameter others: what may stand among the factors and is none.
  init(_ call: Call, _ answers: Answers, usually others: [String]) throws(Fault) {
    let layers = call.has("layer") ? call.elements("layer") : [.number(-1)]
    entries = try SourceEntries(of: call.value("sources") ?? .nothing, layers: layers, answers)
    if entries.all.isEmpty, call.value("sources").map({ !$0.isUnknown }) ?? false {
      throw WorkbenchMistake.nothingToLookAt(verb: call.callable.name).fault(at: .argument("sources"))
    }
    let isOfClassifiers = entries.all.contains { if case .activations = $0.source { true } else { false } }
    if call.has("layer"), !isOfClassifiers, !entries.all.isEmpty {
      throw WorkbenchMistake.unknownLabelHere(
        label: "layer", dataset: "autoencoders and input",
        reason: "it is the layer of a classifier that is named itself"
      ).fault(at: .argument("layer"))
    }
    guard let chosen = call.images("on", of: .test) ?? entries.all.lazy.compactMap(\.testImages).first else {
      throw WorkbenchMistake.noImagesNamed(verb: call.callable.name).fault(at: .name)
    }
    for classifier in entries.all.compactMap(\.classifier) { try checkImages(chosen, fit: classifier, at: "on") }
    try checkNotEmpty(chosen, at: "on")
    images =
      chosen.count <= Self.mostImages
      ? chosen
      : ImagesValue(dataset: chosen.dataset, split: chosen.split, numbers: chosen.numbers[0...Self.mostImages - 1])
    let name = images.dataset.facts.request.name
    // What is looked at again must be drawn again.
    if others.isEmpty, name != .known(.garments) {
      throw WorkbenchMistake.notRedrawn(dataset: images.dataset.name).fault(
        at: call.has("on") ? .argument("on") : .name)
    }
    let known = name.factors
    let alike = Garments.factors.filter { $0.isNuisance && known.contains($0.name) }.map(\.name)
    factors = call.has("factor") ? call.texts("factor") : others + alike
    for (index, factor) in factors.enumerated() {
      guard others.contains(factor) || known.contains(factor) else {
        throw WorkbenchMistake.noFactors(dataset: images.dataset.name).fault(at: .element("factor", index))
      }
      guard factors.firstIndex(of: factor) == index else {
        throw WorkbenchMistake.namedTwice("the factor \"\(factor)\"").fault(at: .element("factor", index))
      }
    }
    if factors.isEmpty {
      throw WorkbenchMistake.nothingToLookAt(verb: call.callable.name).fault(at: .argument("factor"))
    }
  }

  /// What the score of a factor is.
  func measure(of factor: String) -> String {
    if factor == Probe.classFactor { return "accuracy" }
    guard case .kinds = Garments.factors.first(where: { $0.name == factor })?.scale else { return "R²" }
    return "accuracy"
  }

  /// One row for each source and factor.
  /// - Parameter cells: of each factor, what was measured of the source with this number.
  func table(
    _ measures: [Interpreter.Table.Column], _ recipes: [SHA256.Digest],
    cells: (Int) throws(Fault) -> [[Interpreter.Table.Cell]]
  ) throws(Fault) -> Interpreter.Table {
    let constants = entries.constants.map { Interpreter.Table.Cell($0.point) }
    var columns = entries.keys.map { key in
      Interpreter.Table.Column(key.name, .key, isAxis: entries.all.contains { $0.point[key] != nil })
    }
    columns.append(Interpreter.Table.Column("factor", .key))
    columns += measures
    columns += entries.constants.map { Interpreter.Table.Column($0.key.name, .constant(isSaid: !$0.isUsual)) }
    columns += [
      Interpreter.Table.Column("measured on", .constant(isSaid: true)), Interpreter.Table.Column("recipe", .recipe),
    ]
    var rows: [[Interpreter.Table.Cell]] = []
    // What is said of one classifier may be compared: ClaDec with RefAE.
    var contexts: [Int] = []
    var classifiers: [SHA256.Digest?] = []
    for (number, entry) in entries.all.enumerated() {
      let digest = entry.classifier?.job.digest
      if !classifiers.contains(digest) { classifiers.append(digest) }
      contexts += factors.map { _ in classifiers.firstIndex(of: digest) ?? 0 }
      let place = entries.place(entry).map { $0.map { Interpreter.Table.Cell($0) } ?? .none }
      for (factor, measured) in zip(factors, try cells(number)) {
        rows.append(
          place + [.text(factor)] + measured + constants
            + [.text(images.inWords), .text(recipes[number].description)])
      }
    }
    return Interpreter.Table(columns: columns, rows: rows, contexts: contexts)
  }
}

extension Interpreter.Table.Cell {
  /// A number that was measured; none where it does not apply.
  fileprivate init(_ number: Double?) { self = number.map { .number($0) } ?? .none }
}
