import ImageFiles
import Images

/// A data set of picture files, wherever they lie: how they are laid out says which is which.
///
/// Of an image that is no square, the square in the middle is taken; it is then scaled to the side that was asked for.
struct PictureFiles: DatasetSource {
  let classes: [String]
  let identifiers: [String]
  let channels: Int
  let isHeldOut: Bool
  private let known: FactorFile?
  private let name: String
  private let tree: any FileTree
  private let images: [Split: [ImageLayout.Image]]

  /// Looks into files as far as it takes to know whether there is any colour.
  init(_ layout: ImageLayout, in tree: any FileTree, name: String, isWanted: () -> Bool) throws(DatasetError) {
    (self.name, self.tree) = (name, tree)
    (classes, identifiers, images) = (layout.classes, layout.identifiers, layout.images)
    isHeldOut = layout.isHeldOut
    known = try FactorFile(in: tree)
    var isColour = layout.isColour
    if !isColour { isColour = try Self.isAnyColour(layout.images, in: tree, isWanted: isWanted) }
    channels = isColour ? 3 : 1
  }

  private static func isAnyColour(
    _ images: [Split: [ImageLayout.Image]], in tree: any FileTree, isWanted: () -> Bool
  ) throws(DatasetError) -> Bool {
    let paths = Split.allCases.flatMap { images[$0] ?? [] }.map(\.path).sorted { $0.precedesByBytes($1) }
    var isColour = false
    var unclear: [String] = []
    func look(_ names: [String], _ amount: ReadingAmount, _ unknown: (String) -> Void) throws(DatasetError) {
      try tree.read(names, amount) { (place, bytes) throws(DatasetError) in
        guard isWanted() else { throw .interrupted }
        if let header = ImageHeader(bytes) { isColour = header.isColour } else { unknown(names[place]) }
        return !isColour
      }
    }
    try look(paths, .beginning(1 << 16)) { unclear.append($0) }
    // Long descriptions may stand before what is looked for.
    if !isColour { try look(unclear, .whole(limit: TreeLimits.pictureBytes)) { _ in } }
    return isColour
  }

  var factors: [FactorTable.Factor] { known?.factors ?? [] }

  private func images(of selection: ImageSelection) -> [ImageLayout.Image] {
    let all = images[selection.split] ?? []
    return selection.classes == nil ? all : all.filter { selection.keeps($0.label) }
  }

  func count(of selection: ImageSelection) throws(DatasetError) -> Int {
    try selection.count(of: images(of: selection).count, in: name, channels: channels)
  }

  func images(of selection: ImageSelection, progress: (Double) -> Bool) throws(DatasetError) -> LabelledImages {
    let count = try count(of: selection)
    let chosen = Array(images(of: selection).prefix(count))
    let shape = Shape(channels: channels, height: selection.size, width: selection.size)
    var pixels = [UInt8](repeating: 0, count: count * shape.count)
    // The order of their paths is the disk's as well as an archive's, more or less.
    let order = chosen.indices.sorted { chosen[$0].path.precedesByBytes(chosen[$1].path) }
    var done = 0
    try tree.read(order.map { chosen[$0].path }, .whole(limit: TreeLimits.pictureBytes)) {
      (place, bytes) throws(DatasetError) in
      let image = order[place]
      let picture = try picture(bytes, chosen[image].path)
      let square = fitted(picture.pixels, of: picture.shape, to: selection.size, channels: channels)
      pixels.replaceSubrange(image * shape.count..<(image + 1) * shape.count, with: square)
      done += 1
      guard progress(Double(done) / Double(count)) else { throw .interrupted }
      return true
    }
    return LabelledImages(
      shape: shape, pixels: .bytes(pixels), labels: selection.renumbered(chosen.map(\.label)),
      classes: selection.classes?.count ?? classes.count, factors: known?.table(of: chosen.map(\.path)))
  }

  private func picture(_ bytes: [UInt8], _ path: String) throws(DatasetError) -> DecodedImage {
    let file = tree.title(path)
    let picture: DecodedImage
    do throws(ImageFileError) { picture = try decodeImage(bytes) } catch {
      switch error {
      case .unknownFormat: throw .otherFormat(file: file)
      case .broken(let reason): throw .brokenPicture(file: file, reason: reason)
      case .tooLarge(let width, let height):
        throw .pictureTooLarge(file: file, width: width, height: height, limit: maximumPicturePixels)
      case .notForScreens: throw .printColours(file: file)
      }
    }
    guard picture.shape.channels <= channels else {
      throw .brokenPicture(file: file, reason: "it is not what it was a moment ago")
    }
    return picture
  }
}
