/// How values with different axes meet: axes of one name are one axis, and a value that lacks an axis is the same all
/// along it.
struct Alignment {
  /// Two values have an axis of one name with different points.
  struct Clash: Error {
    let name: String
    let left: Axis
    let right: Axis
  }

  let axes: [Axis]
  /// For each operand, how far its offset moves with one step along each joint axis.
  private let strides: [[Int]]

  init(of operands: [[Axis]]) throws(Clash) {
    var joint: [Axis] = []
    for axis in operands.joined() {
      guard let known = joint.first(where: { $0.name == axis.name }) else {
        joint.append(axis)
        continue
      }
      guard known.points == axis.points else { throw Clash(name: axis.name, left: known, right: axis) }
    }
    self.init(joint: joint, operands: operands)
  }

  /// - Precondition: every axis of an operand is among the joint ones.
  init(joint: [Axis], operands: [[Axis]]) {
    axes = joint
    strides = operands.map { own in
      var stride = 1
      var strideByName: [String: Int] = [:]
      for axis in own.reversed() {
        strideByName[axis.name] = stride
        stride *= axis.points.count
      }
      return joint.map { strideByName[$0.name] ?? 0 }
    }
  }

  /// The offset of an operand's element at the joint point with this index.
  func offset(ofOperand operand: Int, at index: Int) -> Int {
    var rest = index
    var offset = 0
    for (axis, stride) in zip(axes, strides[operand]).reversed() {
      offset += rest % axis.points.count * stride
      rest /= axis.points.count
    }
    return offset
  }
}
