import Images

/// Which images of a split: a run of them, or some by their numbers, in their order.
public enum ImageNumbers: Hashable, Sendable {
  case range(Range<Int>)
  case list([Int])

  /// Numbers that follow each other are a run.
  public init(_ list: [Int]) {
    let isRun = !list.isEmpty && list.indices.allSatisfy { list[$0] == list[0] + $0 }
    self = isRun ? .range(list[0]..<list[0] + list.count) : .list(list)
  }

  public var count: Int {
    switch self {
    case .range(let range): range.count
    case .list(let list): list.count
    }
  }

  /// The number of the image at a place.
  public subscript(place: Int) -> Int {
    switch self {
    case .range(let range): range.lowerBound + place
    case .list(let list): list[place]
    }
  }

  /// Those at these places.
  public subscript(places: ClosedRange<Int>) -> ImageNumbers {
    switch self {
    case .range(let range): .range(range.lowerBound + places.lowerBound..<range.lowerBound + places.upperBound + 1)
    case .list(let list): ImageNumbers(Array(list[places]))
    }
  }

  func selected(from all: LabelledImages) -> LabelledImages {
    switch self {
    case .range(let range): range == 0..<all.count ? all : all.selecting(range)
    case .list(let list): all.selecting(list)
    }
  }
}

/// What recipes of drawn images know them by.
extension ImageNumbers: CustomStringConvertible {
  public var description: String {
    switch self {
    case .range(let range): "\(range.lowerBound)..<\(range.upperBound)"
    case .list(let list): list.map { "\($0)" }.joined(separator: " ")
    }
  }
}
