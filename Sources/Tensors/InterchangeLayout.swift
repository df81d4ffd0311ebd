/// The order in which other programs keep a parameter's numbers, where it is not this one's: PyTorch's, for whose users a
/// convolution's weights are [output channels, input channels, height, width]. The numbers are the same.
package struct InterchangeLayout: Hashable, Sendable {
  /// Of the other order, slowest first.
  package let shape: [Int]
  private let axes: [Int]
  private let order: [Int]

  /// - Parameters:
  ///   - axes: the extents here, slowest first.
  ///   - order: which of them is the slowest there, and so on.
  ///   - groups: how many neighbours of that order are one extent there, for each extent; each alone if none are named.
  package init(axes: [Int], order: [Int], groups: [Int]? = nil) {
    precondition(order.sorted() == Array(axes.indices), "every axis once")
    (self.axes, self.order) = (axes, order)
    var rest = order.map { axes[$0] }[...]
    shape = (groups ?? order.map { _ in 1 }).map { count in
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count).reduce(1, *)
    }
  }

  /// The numbers in the other order.
  package func exported(_ values: [Float]) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(values.count)
    forEachRun { first, stride, count in for i in 0..<count { result.append(values[first + i * stride]) } }
    return result
  }

  /// The numbers in the order here.
  package func imported(_ values: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: values.count)
    var next = 0
    forEachRun { first, stride, count in
      for i in 0..<count { result[first + i * stride] = values[next + i] }
      next += count
    }
    return result
  }

  /// Calls `body` for each run along the other order's fastest axis, with the places here.
  private func forEachRun(_ body: (_ first: Int, _ stride: Int, _ count: Int) -> Void) {
    var strides = [Int](repeating: 1, count: axes.count)
    for axis in axes.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * axes[axis + 1] }
    guard let fastest = order.last, !axes.contains(0) else { return }
    let slower = order.dropLast()
    var index = [Int](repeating: 0, count: axes.count)
    for _ in 0..<slower.reduce(1, { $0 * axes[$1] }) {
      body(slower.reduce(0) { $0 + index[$1] * strides[$1] }, strides[fastest], axes[fastest])
      for axis in slower.reversed() {
        index[axis] += 1
        if index[axis] < axes[axis] { break }
        index[axis] = 0
      }
    }
  }
}
