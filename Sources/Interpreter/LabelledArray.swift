/// Values along named axes, the last axis fastest. Elements are never arrays themselves.
public struct LabelledArray: Sendable {
  /// No sweep may have more points than this, so that no line of a notebook exhausts the memory.
  public static let maximumCount = 1_000_000
  /// The same for a verb, which does far more at each point than a function does.
  public static let maximumVerbCount = 10_000

  public let axes: [Axis]
  public let elements: [Value]

  /// - Precondition: as many elements as the axes have points together.
  public init(axes: [Axis], elements: [Value]) {
    precondition(elements.count == axes.reduce(1) { $0 * $1.points.count })
    self.axes = axes
    self.elements = elements
  }

  /// Where the element with this index lies.
  public func point(_ index: Int) -> SweepPoint { axes.sweepPoint(index) }

  /// Two points that make the same thing, which no sweep needs twice.
  var repeatedPoints: (Int, Int)? {
    var known: [AnyHashable: Int] = [:]
    for (index, element) in elements.enumerated() {
      guard case .object(let object) = element, let identity = object.identity else { return nil }
      if let first = known.updateValue(index, forKey: identity) { return (first, index) }
    }
    return nil
  }

  public func axis(named name: String) -> Axis? { axes.first { $0.name == name } }

  public func map(_ transform: (Value) -> Value) -> LabelledArray {
    LabelledArray(axes: axes, elements: elements.map(transform))
  }

  /// Replaces the named axes by what `summary` makes of the elements along them.
  public func reduced(over names: [String], _ summary: ([Value]) -> Value) -> Value {
    let kept = axes.filter { !names.contains($0.name) }
    let count = kept.reduce(1) { $0 * $1.points.count }
    var groups = [[Value]](repeating: [], count: count)
    let alignment = Alignment(joint: axes, operands: [kept])
    for index in elements.indices {
      groups[alignment.offset(ofOperand: 0, at: index)].append(elements[index])
    }
    let results = groups.map(summary)
    return kept.isEmpty ? results[0] : .array(LabelledArray(axes: kept, elements: results))
  }
}

extension [Axis] {
  /// The number of points, or none where it exceeds a limit.
  func pointCount(upTo limit: Int) -> Int? {
    var count = 1
    for axis in self {
      let (product, overflow) = count.multipliedReportingOverflow(by: axis.points.count)
      if overflow || product > limit { return nil }
      count = product
    }
    return count
  }

  func sweepPoint(_ index: Int) -> SweepPoint {
    var rest = index
    var coordinates: [SweepPoint.Coordinate] = []
    for axis in reversed() {
      coordinates.append(.init(axis: axis.name, point: axis.points[rest % axis.points.count]))
      rest /= axis.points.count
    }
    return SweepPoint(coordinates.reversed())
  }
}
