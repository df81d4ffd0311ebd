import Diagnostics

/// Applies what is meant for single values at every point of the operands' joint axes.
struct Lifting {
  let log: StatementLog
  let span: SourceSpan
  /// No sweep may have more points.
  var limit = LabelledArray.maximumCount

  /// `body` is told the elements at a point, their offsets in the operands, and the point. Every point is visited, so that
  /// each one's mistakes are found; none where any of them has no value.
  func callAsFunction(_ operands: [Value], _ body: ([Value], [Int], SweepPoint) -> Value?) -> Value? {
    let alignment: Alignment
    do throws(Alignment.Clash) {
      alignment = try Alignment(of: operands.map(\.axes))
    } catch {
      let points = [error.left, error.right].map { String(Axis(name: "", points: $0.points).summary.dropFirst()) }
      let areNumbers = operands.allSatisfy { $0.listed.first?.isNumberLike ?? false }
      log.report(
        .axesDiffer(name: error.name, left: points[0], right: points[1], areNumbers: areNumbers), at: span)
      return nil
    }
    if alignment.axes.isEmpty { return body(operands, operands.map { _ in 0 }, SweepPoint()) }
    guard let count = alignment.axes.pointCount(upTo: limit) else {
      log.report(.sweepTooLarge(alignment.axes.map { "\($0.name): \($0.points.count)" }, limit: limit), at: span)
      return nil
    }
    var results: [Value] = []
    results.reserveCapacity(count)
    let stretch = 256
    for index in 0..<count {
      if index % stretch == 0, !log.mayCompute(min(stretch, count - index), at: span) { return nil }
      let offsets = operands.indices.map { alignment.offset(ofOperand: $0, at: index) }
      let elements = zip(operands, offsets).map { operand, offset in
        if case .array(let array) = operand { array.elements[offset] } else { operand }
      }
      if let result = body(elements, offsets, alignment.axes.sweepPoint(index)) { results.append(result) }
      if log.isHalted { return nil }
    }
    guard results.count == count else { return nil }
    if let (left, right) = Self.differing(results) {
      let points = [left, right].map { String(Axis(name: "", points: $0.points).summary.dropFirst()) }
      log.report(.axesDiffer(name: left.name, left: points[0], right: points[1], areNumbers: false), at: span)
      return nil
    }
    return .array(LabelledArray(axes: alignment.axes, joining: results))
  }

  /// An axis of one name that two of the results have with other points.
  private static func differing(_ results: [Value]) -> (Axis, Axis)? {
    guard let first = results.first?.axes, let other = results.first(where: { $0.axes != first })?.axes else {
      return nil
    }
    return first.lazy.compactMap { axis in other.first { $0.name == axis.name && $0 != axis }.map { (axis, $0) } }.first
  }
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
