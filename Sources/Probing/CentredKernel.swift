/// Inner products of images' vectors around the mean of those that a probe is fitted on. With them a ridge regression costs
/// as much as there are images, however many features they have.
///
/// Features are not scaled one by one: those of a source have one unit, and a pixel that is lit in one image of a hundred
/// would weigh as much as one in the middle, and lead a probe astray wherever it is lit in another image.
struct CentredKernel {
  /// The mean squared distance of the fitting images from their mean: the sum of their features' variances.
  let variance: Double
  /// [image][image that the probe is fitted on], the latter first; of these, what is above the diagonal is not there.
  let values: [Double]

  /// - Parameters:
  ///   - vectors: [image][feature].
  ///   - fitting: the images that the probe is fitted on; `heldOut`: those that it is measured on.
  ///   - tasks: does tasks by their numbers, each of which writes to a place of its own, in any order.
  init(_ vectors: [Float], length: Int, fitting: [Int], heldOut: [Int], tasks: LinearProbe.Tasks) {
    let images = fitting + heldOut
    let (fitted, all) = (fitting.count, images.count)
    var values = [Double](repeating: 0, count: all * fitted)
    // As many features at a time as stay in a cache for some images.
    let stretch = 512
    let block = UnsafeMutablePointer<Double>.allocate(capacity: max(1, all * stretch))
    defer { block.deallocate() }
    for first in stride(from: 0, to: length, by: stretch) {
      let width = min(stretch, length - first)
      var lowest = [Float](repeating: .infinity, count: width)
      var highest = [Float](repeating: -.infinity, count: width)
      var means = [Double](repeating: 0, count: width)
      for image in fitting {
        for f in 0..<width {
          let value = vectors[image * length + first + f]
          lowest[f] = min(lowest[f], value)
          highest[f] = max(highest[f], value)
          means[f] += Double(value)
        }
      }
      for f in 0..<width { means[f] /= Double(fitted) }
      for (row, image) in images.enumerated() {
        for f in 0..<width {
          // What is the same in all of them tells nothing of them, and what is left of rounding would.
          block[row * stretch + f] =
            lowest[f] < highest[f] ? Double(vectors[image * length + first + f]) - means[f] : 0
        }
      }
      values.withUnsafeMutableBufferPointer { values in
        guard let values = values.baseAddress else { return }
        tasks(all) { row in
          for column in 0..<min(row + 1, fitted) {
            values[row * fitted + column] += innerProduct(block + row * stretch, block + column * stretch, width)
          }
        }
      }
    }
    variance = (0..<fitted).reduce(0) { $0 + values[$1 * fitted + $1] } / Double(max(1, fitted))
    self.values = values
  }
}
