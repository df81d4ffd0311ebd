import Images

/// A data set that was found, or that can be drawn: what a format gives. Each format has a folder of this target; to
/// add one, write a conformance there and name it in `KnownDataset.open`.
///
/// Opening reads files and judges their headers; pixels are decoded when they are asked for, and no more of them than
/// are asked for.
public protocol DatasetSource: Sendable {
  /// The classes' names as they lie there; labels are indices into this list.
  var classes: [String] { get }
  /// Other names of the classes, in the same order; none where they have no others.
  var identifiers: [String] { get }
  /// Values of a pixel: 1 grey, 3 colour.
  var channels: Int { get }
  /// What is known of its images besides their classes; as a rule nothing.
  var factors: [FactorTable.Factor] { get }
  /// Whether the test images are a share of all, held out by a seed, because nobody had set any apart.
  var isHeldOut: Bool { get }

  /// Of one image of a selection: as a rule a square of the size that is asked for.
  func shape(of selection: ImageSelection) -> Shape

  /// How many images a selection has, from headers and labels alone.
  func count(of selection: ImageSelection) throws(DatasetError) -> Int

  /// The images of a selection: bytes, of its size, with the labels of its classes.
  /// - Parameter progress: told now and then which share of them is there; an answer of false breaks off.
  /// - Throws: `DatasetError.interrupted` where it was broken off.
  func images(of selection: ImageSelection, progress: (Double) -> Bool) throws(DatasetError) -> LabelledImages

  /// What determines the images of a selection where they are drawn, whatever their number: no name, path or time is among
  /// it. None where they are read, and are what they are.
  func drawing(of selection: ImageSelection) -> [UInt8]?

  /// The same images with one of what they are drawn from drawn anew, and all else as it is; none where they are not drawn
  /// from it.
  func redrawn(_ factor: String) -> (any DatasetSource)?
}

extension DatasetSource {
  public var identifiers: [String] { [] }
  public var factors: [FactorTable.Factor] { [] }
  public var isHeldOut: Bool { false }

  public func shape(of selection: ImageSelection) -> Shape {
    Shape(channels: channels, height: selection.size, width: selection.size)
  }

  public func drawing(of selection: ImageSelection) -> [UInt8]? { nil }
  public func redrawn(_ factor: String) -> (any DatasetSource)? { nil }

  public func images(of selection: ImageSelection) throws(DatasetError) -> LabelledImages {
    try images(of: selection, progress: { _ in true })
  }
}

/// So many images of this many pixels are drawn or scaled between two reports.
func imagesBetweenReports(of pixels: Int) -> Int { min(256, max(1, (1 << 18) / max(1, pixels))) }

/// Which images of a data set are wanted, and how large.
public struct ImageSelection: Hashable, Sendable {
  /// The sides that images may be scaled to or drawn at.
  public static let sizes = 8...256
  /// No selection may have more pixels: 1 GiB.
  public static let maximumPixels = 1 << 30

  public var split: Split
  /// The classes that are kept, by their numbers in the whole data set, ascending; their images are numbered anew in
  /// this order. All of them if none.
  public var classes: [Int]?
  /// The first so many images of these classes; all of them if none.
  public var count: Int?
  /// Pixels along each side, to which other images are scaled.
  public var size: Int

  public init(_ split: Split, classes: [Int]? = nil, count: Int? = nil, size: Int = 32) {
    (self.split, self.classes, self.count, self.size) = (split, classes, count, size)
  }

  /// Refuses a size that is not offered and so many images that they would take too much memory.
  func check(_ count: Int, channels: Int) throws(DatasetError) {
    guard Self.sizes.contains(size) else { throw .unusableSize(asked: size, allowed: Self.sizes) }
    guard count > 0 else { throw .unusableCount(split: split, asked: count) }
    guard count <= Self.maximumPixels / (size * size * channels) else {
      throw .tooMuchMemory(split: split, images: count, size: size, limit: Self.maximumPixels)
    }
  }

  /// How many images it has where there are so many of its classes.
  /// - Parameter name: the data set's, for errors.
  func count(of available: Int, in name: String, channels: Int) throws(DatasetError) -> Int {
    let count = count ?? available
    // What is asked for is judged first.
    try check(count, channels: channels)
    guard count <= available else {
      throw .tooFewImages(name: name, split: split, asked: count, available: available)
    }
    return count
  }

  /// Whether images of this class are wanted.
  func keeps(_ label: UInt8) -> Bool { classes?.contains(Int(label)) ?? true }

  /// The labels as the classes that are kept are numbered.
  func renumbered(_ labels: [UInt8]) -> [UInt8] {
    guard let classes else { return labels }
    return labels.map { label in UInt8(classes.firstIndex(of: Int(label)) ?? 0) }
  }
}
