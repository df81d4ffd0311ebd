import Images

/// A named set of labelled images in two splits: one to learn from and one that nothing may learn from.
public struct Dataset: Sendable {
  public let name: String
  /// The classes' names; labels are indices into this list.
  public let classes: [String]
  public let train: LabelledImages
  public let test: LabelledImages

  public init(name: String, classes: [String], train: LabelledImages, test: LabelledImages) {
    self.name = name
    self.classes = classes
    self.train = train
    self.test = test
  }
}
