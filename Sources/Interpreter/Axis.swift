import Text

/// A named dimension of a sweep: `seed` with the points 1, 2, 3.
public struct Axis: Hashable, Sendable {
  public var name: String
  public var points: [AxisPoint]

  public init(name: String, points: [AxisPoint]) {
    self.name = name
    self.points = points
  }

  /// `seed 1, 2, 3`, shortened in the middle where there are many.
  public var summary: String {
    let texts = points.map(\.description)
    let shown = texts.count <= 8 ? texts : texts.prefix(4) + ["…"] + texts.suffix(2)
    return name + " " + shown.joined(separator: ", ")
  }
}

/// One place on an axis.
public enum AxisPoint: Hashable, Sendable, CustomStringConvertible {
  case number(Double)
  case text(String)
  case truth(Bool)

  public var description: String {
    switch self {
    case .number(let value): formatted(value, .shortest)
    case .text(let text): text
    case .truth(let truth): truth ? "true" : "false"
    }
  }
}

/// A place in a sweep: one point of each axis. Its text is what progress bars and failing expectations name.
public struct SweepPoint: Hashable, Sendable, CustomStringConvertible {
  public struct Coordinate: Hashable, Sendable {
    public var axis: String
    public var point: AxisPoint
  }

  public var coordinates: [Coordinate]

  public init(_ coordinates: [Coordinate] = []) { self.coordinates = coordinates }

  /// `seed 3, layer −1`; empty outside a sweep.
  public var description: String { coordinates.map { "\($0.axis) \($0.point)" }.joined(separator: ", ") }
}
