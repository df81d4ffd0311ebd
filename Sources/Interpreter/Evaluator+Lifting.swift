import Diagnostics

extension Evaluator {
  /// Applies `body` to the operands at every point of their joint axes: to their elements there, the offsets of these,
  /// and the point. Every point is visited, so that each one's mistakes are found.
  func lift(
    _ operands: [Value], at span: SourceSpan, limit: Int = LabelledArray.maximumCount,
    _ body: ([Value], [Int], SweepPoint) -> Value?
  ) -> Value? {
    let alignment: Alignment
    do throws(Alignment.Clash) {
      alignment = try Alignment(of: operands.map(\.axes))
    } catch {
      let points = [error.left, error.right].map { String(Axis(name: "", points: $0.points).summary.dropFirst()) }
      report(.axesDiffer(name: error.name, left: points[0], right: points[1]), at: span)
      return nil
    }
    if alignment.axes.isEmpty { return body(operands, operands.map { _ in 0 }, SweepPoint()) }
    guard let count = alignment.axes.pointCount(upTo: limit) else {
      report(.sweepTooLarge(alignment.axes.map { "\($0.name): \($0.points.count)" }, limit: limit), at: span)
      return nil
    }
    var results: [Value] = []
    for index in 0..<count {
      let offsets = operands.indices.map { alignment.offset(ofOperand: $0, at: index) }
      let elements = zip(operands, offsets).map { operand, offset in
        if case .array(let array) = operand { array.elements[offset] } else { operand }
      }
      if let result = body(elements, offsets, alignment.axes.sweepPoint(index)) { results.append(result) }
      if isHalted { return nil }
    }
    return results.count == count ? .array(LabelledArray(axes: alignment.axes, joining: results)) : nil
  }

  /// Nothing is gained by going on: the user has interrupted the work, or it cannot succeed.
  private var isHalted: Bool { diagnostics.contains { $0.code.rawValue.hasPrefix("E4") } }
}

extension LabelledArray {
  /// Elements that are arrays themselves, all along the same axes, add these to the outer ones.
  init(axes: [Axis], joining elements: [Value]) {
    let inner = elements.first?.axes ?? []
    guard !inner.isEmpty, elements.allSatisfy({ $0.axes == inner }) else {
      self.init(axes: axes, elements: elements)
      return
    }
    self.init(axes: axes + inner, elements: elements.flatMap(\.listed))
  }
}
