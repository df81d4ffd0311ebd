/// Which files of a tree are the images of which class and split.
struct ImageLayout {
  struct Image {
    let path: String
    let label: UInt8
  }

  /// Labels are bytes.
  static let mostClasses = 256

  var classes: [String]
  /// Other names of the same classes, in the same order; none where they have no others.
  var identifiers: [String] = []
  /// In the order in which a split's first images are taken.
  var images: [Split: [Image]]
  /// Whether all images are colour; decided by what they are if not.
  var isColour = false
  /// Whether the test images were drawn from all there are.
  var isHeldOut = false

  /// Puts images in order: the first of each class, then the second of each, so that any number of first ones has about as
  /// many of each class. Within a class they come by the bytes of their paths.
  static func inTurn(_ paths: [[String]]) -> [Image] {
    let sorted = paths.map { $0.sorted { $0.precedesByBytes($1) } }
    var images: [Image] = []
    images.reserveCapacity(paths.reduce(0) { $0 + $1.count })
    for rank in 0..<(sorted.map(\.count).max() ?? 0) {
      for (label, paths) in sorted.enumerated() where rank < paths.count {
        images.append(Image(path: paths[rank], label: UInt8(label)))
      }
    }
    return images
  }

  /// Refuses so many classes that labels cannot tell them apart, or so few that there is nothing to tell.
  static func check(_ classes: [String], in tree: any FileTree) throws(DatasetError) {
    guard let first = classes.first else { throw .noClasses(folder: tree.path) }
    guard classes.count > 1 else { throw .oneClass(folder: tree.path, name: first) }
    guard classes.count <= mostClasses else {
      throw .tooManyClasses(folder: tree.path, count: classes.count, limit: mostClasses)
    }
  }
}

/// What a file's name says of its format.
enum NamedFormat {
  case readable, otherPicture, none

  init(_ path: String) {
    guard let dot = path.lastIndex(of: ".") else {
      self = .none
      return
    }
    switch path[path.index(after: dot)...].lowercased() {
    case "png", "jpg", "jpeg": self = .readable
    case "gif", "bmp", "webp", "tif", "tiff", "heic", "avif", "ppm", "pgm": self = .otherPicture
    default: self = .none
    }
  }
}
