import Datasets
import Decoding
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
      let job = Probe(of: entry.source, on: look.images.job, factors: look.changes, values: look.values)
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
        return look.changes.indices.map { factor in
          guard let finding = findings?[factor] else {
            return [.text(look.measure(of: look.changes[factor])), .unknown, .unknown, .unknown, .unknown]
          }
          let isRead = finding.score != nil
          return [
            .text(
              isRead
                ? look.measure(of: look.changes[factor])
                : finding.images < Probe.fewestImages ? "too few images have the factor" : "the factor does not vary"),
            Interpreter.Table.Cell(finding.score), Interpreter.Table.Cell(finding.control),
            Interpreter.Table.Cell(finding.score.flatMap { score in finding.control.map { score - $0 } }),
            .number(Double(finding.images)),
          ]
        }
      })
  }
}

/// `intervene [input, C, R, E], factor: ["tone", "sleeve length"], layer: -1`, and
/// `intervene [C, R, E], perturb: ["random", "least", "most"], size: 2`
func interveneVerb(_ answers: Answers) -> Callable {
  Callable(
    .verb, "intervene", factorParameters(with: []) + perturbationParameters(reach: .whole), returns: "table",
    "How far images, a layer and pictures move, and decisions flip, where one factor of each image is drawn anew, or where each image is perturbed so that the layer notices as little of it as possible.",
    example: "let M = intervene [C, E, R], perturb: [\"random\", \"least\"], size: 2, layer: -1"
  ) { call throws(Fault) in
    let look = try FactorLook(call, answers, usually: [])
    let jobs = look.entries.all.map { entry in
      let job = Intervention(
        of: entry.source, on: look.images.job, replacing: look.replacements(for: entry),
        observer: entry.classifier?.job)
      answers.names.name(job, "intervene on \(entry.name)", at: entry.point)
      return job
    }
    try answers.make(look.isPerturbed ? jobs.flatMap(\.replacements) + jobs : jobs)
    var columns: [Interpreter.Table.Column] = []
    if look.isPerturbed {
      columns.append(
        Interpreter.Table.Column(
          "size", .measure, meaning: "‖δ‖ of the images' change δ over pixels and channels, mean over images"))
    }
    columns += [
      Interpreter.Table.Column(
        "movement", .measure,
        meaning:
          "half the mean squared distance of the two, relative to the variance over images: 1 is as far as two images drawn at random"
      ),
      Interpreter.Table.Column(
        "flips", .measure, meaning: "share of images that the classifier then takes for another class"),
      Interpreter.Table.Column(
        "images", .setting, meaning: look.isPerturbed ? "how many" : "how many have the factor"),
    ]
    return .table(
      try look.table(columns, jobs.map(\.digest)) { number throws(Fault) in
        let effects = try answers.value(of: jobs[number])
        return try look.changes.indices.map { change throws(Fault) in
          let size = look.isPerturbed ? [try look.size(jobs[number].replacements[change], answers)] : []
          guard let effect = effects?[change] else { return size + [.unknown, .unknown, .unknown] }
          return size + [
            Interpreter.Table.Cell(effect.movement), Interpreter.Table.Cell(effect.flips),
            .number(Double(effect.images)),
          ]
        }
      })
  }
}

/// How images are perturbed.
func perturbationParameters(reach: Callable.Parameter.Reach) -> [Callable.Parameter] {
  [
    .label(
      "perturb", .choice(Perturbation.Aim.allCases.map(\.rawValue)), reach: reach, .decided("not perturbed"),
      "each image X becomes X + δ, in 0 to 1, with δ of one size: \"random\", or sought from there so that the layer that is "
        + "looked at or decoded notices the \"least\" or the \"most\" of it"),
    .label("size", .number(1e-6...1e6), .decided("1"), "how large δ is: ‖δ‖ over pixels and channels"),
  ]
}

private func factorParameters(with others: [String]) -> [Callable.Parameter] {
  let known = others + (others.isEmpty ? KnownDataset.garments.factors : KnownDataset.allCases.flatMap(\.factors))
  let own = others.map { "\"\($0)\" " }.joined()
  return [
    .first(
      "sources", .object(InputWord.self, ClassifierValue.self, AutoEncoderValue.self), reach: .whole,
      "what to look at: input, classifiers, autoencoders, a list of these"),
    .label(
      "factor",
      .named("a factor's name", .either(others.isEmpty ? [.choice(known)] : [.choice(known), .string])), reach: .whole,
      .decided(
        (own.isEmpty ? "" : "\(own)and ") + "what is drawn alike for all classes"
          + (own.isEmpty ? "" : "; all of a file of factors")),
      "what the images were drawn from" + (own.isEmpty ? "" : ", or else is known of them") + ", by name"
        + (own.isEmpty ? "" : ", or \"class\"") + "; a list for several"),
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
  /// What the images differ in: factors, or what perturbations aim at.
  let changes: [String]
  private let perturbations: [Perturbation.Aim]
  private let size: Double

  var isPerturbed: Bool { !perturbations.isEmpty }

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
    size = call.number("size") ?? 1
    perturbations = call.texts("perturb").compactMap { Perturbation.Aim(rawValue: $0) }
    if !perturbations.isEmpty {
      changes = perturbations.map(\.rawValue)
      try checkPerturbations(call)
      return
    }
    if call.has("size") {
      throw WorkbenchMistake.unknownLabelHere(
        label: "size", dataset: "factors", reason: "it is that of a perturbation: perturb: \"least\", size: 1"
      ).fault(at: .argument("size"))
    }
    let name = images.dataset.facts.request.name
    // What is looked at again must be drawn again.
    if others.isEmpty, name != .known(.garments) {
      throw WorkbenchMistake.notRedrawn(dataset: images.dataset.name).fault(
        at: call.has("on") ? .argument("on") : .name)
    }
    let known = images.dataset.factors
    let usual =
      name == .known(.garments) ? Garments.factors.filter(\.isNuisance).map(\.name) : name.isDrawn ? [] : known
    changes = call.has("factor") ? call.texts("factor") : others + usual
    for (index, factor) in changes.enumerated() {
      if !others.contains(factor) { try images.dataset.check(factor: factor, at: .element("factor", index)) }
      guard changes.firstIndex(of: factor) == index else {
        throw WorkbenchMistake.namedTwice("the factor \"\(factor)\"").fault(at: .element("factor", index))
      }
    }
    if changes.isEmpty {
      throw WorkbenchMistake.nothingToLookAt(verb: call.callable.name).fault(at: .argument("factor"))
    }
  }

  private func checkPerturbations(_ call: Call) throws(Fault) {
    if call.has("factor") {
      throw WorkbenchMistake.unknownLabelHere(
        label: "factor", dataset: "perturbations",
        reason: "what is perturbed is not drawn again: ask for one of the two"
      ).fault(at: .argument("factor"))
    }
    if entries.all.contains(where: { $0.site == nil }) {
      throw WorkbenchMistake.unknownLabelHere(
        label: "perturb", dataset: "the input",
        reason: "it has no layer that would notice; name classifiers and autoencoders"
      ).fault(at: .argument("perturb"))
    }
    for (index, aim) in changes.enumerated() where changes.firstIndex(of: aim) != index {
      throw WorkbenchMistake.namedTwice("\"\(aim)\"").fault(at: .element("perturb", index))
    }
  }

  /// What takes the images' places, once for each change.
  func replacements(for entry: SourceEntry) -> [any ImagesJob] {
    guard isPerturbed else { return changes.map { RedrawnImages(images.job, factor: $0) } }
    guard let classifier = entry.classifier, let site = entry.site else { return [] }
    return perturbations.map { aim in
      PerturbedImages(
        images.job, for: classifier.job, layer: site.layer, units: site.units,
        Perturbation(aim, size: size, seed: classifier.job.options.seed))
    }
  }

  /// The mean ‖δ‖ of perturbed images: as large as was asked for, unless black and white did not allow it.
  func size(_ perturbed: any ImagesJob, _ answers: Answers) throws(Fault) -> Interpreter.Table.Cell {
    guard let job = perturbed as? PerturbedImages, let originals = try answers.value(of: images.job),
      let others = try answers.value(of: job)
    else { return .unknown }
    let sizes = (0..<originals.count).map {
      squaredDistance(originals.image($0), others.image($0)).squareRoot()
    }
    return .number(sizes.reduce(0, +) / Double(sizes.count))
  }

  /// What the score of a factor is.
  func measure(of factor: String) -> String {
    if factor == Probe.classFactor { return "accuracy" }
    switch images.dataset.facts.factors.first(where: { $0.name == factor })?.scale {
    case .kinds, .words: return "accuracy"
    case .numbers, .directions, nil: return "R²"
    }
  }

  /// What probes are known by where factors were read.
  var values: SHA256.Digest? { images.dataset.facts.digest(ofFactors: changes, images.split, images.numbers) }

  /// One row for each source and change.
  /// - Parameter cells: of each change, what was measured of the source with this number.
  func table(
    _ measures: [Interpreter.Table.Column], _ recipes: [SHA256.Digest],
    cells: (Int) throws(Fault) -> [[Interpreter.Table.Cell]]
  ) throws(Fault) -> Interpreter.Table {
    let constants = entries.constants.map { Interpreter.Table.Cell($0.point) }
    var columns = entries.keys.map { key in
      Interpreter.Table.Column(key.name, .key, isAxis: entries.all.contains { $0.point[key] != nil })
    }
    columns.append(Interpreter.Table.Column(isPerturbed ? "perturb" : "factor", .key))
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
      contexts += changes.map { _ in classifiers.firstIndex(of: digest) ?? 0 }
      let place = entries.place(entry).map { $0.map { Interpreter.Table.Cell($0) } ?? .none }
      for (change, measured) in zip(changes, try cells(number)) {
        rows.append(
          place + [.text(change)] + measured + constants
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
