import Datasets
import Images

extension Dataset {
  /// The data set with the images of these classes alone, which are numbered anew in this order; of them the first
  /// `train` and `test`, or all.
  func keeping(_ classes: [Int], train: Int?, test: Int?) throws(DatasetError) -> Dataset {
    Dataset(
      name: name, classes: classes.map { self.classes[$0] },
      train: try images(.train, of: classes, count: train), test: try images(.test, of: classes, count: test))
  }

  private func images(_ split: Split, of classes: [Int], count: Int?) throws(DatasetError) -> LabelledImages {
    let all = split == .train ? train : test
    let found = all.labels.indices.filter { classes.contains(Int(all.labels[$0])) }
    if let count, count > found.count {
      throw .tooFewImages(name: name, split: split, asked: count, available: found.count)
    }
    let chosen = all.selecting(found.prefix(count ?? found.count))
    return LabelledImages(
      shape: chosen.shape, pixels: chosen.pixels,
      labels: chosen.labels.map { label in UInt8(classes.firstIndex(of: Int(label)) ?? 0) }, classes: classes.count,
      factors: chosen.factors)
  }
}
