import Experiments
import Interpreter
import Text

/// What a chart shows, in long form: things with their places along some keys.
struct PlotEntries<Content> {
  struct Entry {
    var place: [ModelKey: AxisPoint]
    var content: Content
  }

  /// The keys, in order.
  var keys: [ModelKey]
  var entries: [Entry]
  /// What is the same for all, in words.
  var constants: [String]
  /// What it was made from, in lines.
  var provenance: [String]

  /// The different values of a key, in order of appearance.
  func points(_ key: ModelKey) -> [AxisPoint] {
    var seen: Set<AxisPoint> = []
    return entries.compactMap { $0.place[key] }.filter { seen.insert($0).inserted }
  }

  /// The keys in which things differ; a reference that lacks α differs in it from no model.
  var varying: [ModelKey] {
    keys.filter { key in
      let count = points(key).count
      return count > 1 || count == 1 && !key.isSharedWhereMissing && entries.contains { $0.place[key] == nil }
    }
  }
}

extension ModelKey {
  /// Tells things of a list apart by what stands in the text.
  static let quantity = ModelKey("quantity")

  /// A place along it, as a chart writes it.
  func plotText(_ point: AxisPoint?) -> String? {
    guard let point else { return isSharedWhereMissing ? nil : "–" }
    return printable(self == .quantity ? "\(point)" : text(point)).replacing(" -", with: " −")
  }
}

/// How a chart lays its keys out.
struct PlotAxes {
  var x: ModelKey?
  var series: [ModelKey]
  var panels: [ModelKey]
  var over: [ModelKey]

  /// - Parameters:
  ///   - keys: all that may be asked for; `varying`: those that have to be somewhere.
  ///   - preferred: what runs to the right if nothing is asked for, the best one first; none where no key does.
  init(_ call: Call, keys: [ModelKey], varying: [ModelKey], preferred: [ModelKey]?) throws(Fault) {
    var faults: [Fault] = []
    for label in (preferred == nil ? [] : ["x"]) + ["series", "panels", "over"] {
      faults += call.texts(label).enumerated().filter { !keys.contains(ModelKey($0.element)) }.map {
        WorkbenchMistake.unknownPlotAxis($0.element, known: keys.map(\.name)).fault(at: .element(label, $0.offset))
      }
    }
    let asked = { (label: String) in call.texts(label).map { ModelKey($0) } }
    (panels, over) = (asked("panels"), asked("over"))
    var axis = preferred == nil ? nil : asked("x").first
    if preferred != nil, call.texts("x").count > 1 {
      faults.append(WorkbenchMistake.namedTwice("the axis x:").fault(at: .element("x", 1)))
    }
    var used = panels + over + asked("series") + (axis.map { [$0] } ?? [])
    for key in Set(used) where used.count(where: { $0 == key }) > 1 {
      let label = ["over", "panels", "series", "x"].first { call.texts($0).contains(key.name) } ?? "series"
      faults.append(WorkbenchMistake.namedTwice("the axis \"\(key.name)\"").fault(at: .argument(label)))
    }
    for fault in faults.dropLast() { call.alsoReport(fault) }
    if let last = faults.last { throw last }
    if !call.has("over"), varying.contains(.seed), !used.contains(.seed), preferred != [.seed] {
      over.append(.seed)
      used.append(.seed)
    }
    if axis == nil, let preferred {
      axis =
        (preferred + varying).first { varying.contains($0) && !used.contains($0) } ?? keys.first { !used.contains($0) }
      // Where nothing but the seed varies, the seeds are what is to be seen.
      if axis.map({ !varying.contains($0) }) ?? true, over == [.seed], !call.has("over") { (axis, over) = (.seed, []) }
    }
    x = axis
    if let axis { used.append(axis) }
    series = asked("series") + varying.filter { !used.contains($0) }
  }

  /// What a thing is called among the series.
  func seriesName(_ place: [ModelKey: AxisPoint]) -> String {
    series.compactMap { $0.plotText(place[$0]) }.joined(separator: ", ")
  }
}

/// Sets of equal things in the order in which they come.
func grouped<Element, Key: Hashable>(_ elements: [Element], by key: (Element) -> Key) -> [(
  key: Key, elements: [Element]
)] {
  var places: [Key: Int] = [:]
  var groups: [(key: Key, elements: [Element])] = []
  for element in elements {
    let own = key(element)
    if let place = places[own] {
      groups[place].elements.append(element)
    } else {
      places[own] = groups.count
      groups.append((own, [element]))
    }
  }
  return groups
}
