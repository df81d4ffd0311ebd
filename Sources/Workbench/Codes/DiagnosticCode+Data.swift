import Diagnostics

/// Codes of data and files.
extension DiagnosticCode {
  public static let unknownDataset = DiagnosticCode(
    "E301", "an unknown data set",
    "load knows a few data sets by name, and others by their path, which has a stroke in it.",
    wrong: "let g = load \"garment\"",
    right: "let g = load \"garments\"")

  public static let missingFile = DiagnosticCode(
    "E302", "a missing file",
    "Data sets other than garments are files, found in the folder that --data or CLADEC_DATA names.")

  public static let brokenFile = DiagnosticCode(
    "E303", "a broken file", "The file is there, but it is cut off, damaged, or not what its name says.")

  public static let notEnoughImages = DiagnosticCode(
    "E304", "more images than there are",
    "train: and test: take the first so many images of a split, and a split must fit into memory.",
    wrong: "let garments = load \"garments\", train: 2000000000",
    right: "let garments = load \"garments\", train: 2000")

  public static let unknownClass = DiagnosticCode(
    "E305", "an unknown class", "Classes are called as the data set calls them; show garments.classes lists them.",
    wrong: "let garments = load \"garments\"\ngrid [input], of: garments, where: class == \"Bags\"",
    right: "let garments = load \"garments\"\ngrid [input], of: garments, where: class == \"Bag\"")

  public static let missingLock = DiagnosticCode(
    "E306", "a missing lock",
    "cladec replay compares a run with Outputs/NAME/replay.lock, which cladec replay --update NB writes.")

  public static let brokenLock = DiagnosticCode(
    "E307", "a broken lock",
    "replay.lock has a line for each fact, its parts separated by tabs. It is written by cladec replay --update, not by hand."
  )

  public static let unusableFolder = DiagnosticCode(
    "E308", "a folder that is no data set",
    "A folder of images, or an archive of one, has a folder for each of 2 to 256 classes, with PNG or JPEG files of at most 64 million pixels in grey or RGB: train/CLASS and test/CLASS (or val/CLASS), or CLASS alone, of which a share is held out for testing."
  )

  /// All of them, in the order of the page.
  public static let dataCodes: [DiagnosticCode] = [
    .unknownDataset, .missingFile, .brokenFile, .notEnoughImages, .unknownClass, .missingLock, .brokenLock,
    .unusableFolder,
  ]
}
