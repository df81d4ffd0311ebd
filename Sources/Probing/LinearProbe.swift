/// A linear probe: how well a quantity can be read from images' vectors by a ridge regression, measured on images that it
/// was not fitted on (Alain and Bengio 2016). Everything is in double precision and in a fixed order.
///
/// The regression has an intercept, which is not shrunk, and its strength is chosen on the fitting images alone: of a fixed
/// grid the one with the least squared error where each image is left out once, in closed form (of equals the strongest).
public struct LinearProbe {
  /// What is read: a value for each image.
  public enum Target: Sendable {
    /// Measured by R².
    case numbers([Double])
    /// Numbers that wrap around, by their cosine and sine: measured by one R² of both.
    case angles(cosines: [Double], sines: [Double])
    /// Kinds from 0 on, measured by accuracy: the kind whose indicator is predicted as the largest, of equals the first.
    case kinds([Int], count: Int)
  }

  public struct Score: Hashable, Sendable {
    /// R² or accuracy on the images that are held out.
    public let value: Double
    /// The strength that was chosen, relative to the vectors' variance.
    public let strength: Double
  }

  /// Strengths relative to the sum of the features' variances, from the strongest.
  public static let strengths: [Double] = [1e4, 1e3, 1e2, 1e1, 1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6]

  private let fitting: [Int]
  private let heldOut: [Int]
  private let kernel: CentredKernel
  private let tasks: Tasks

  /// Does so many tasks by their numbers, in any order or at the same time.
  public typealias Tasks = (_ count: Int, _ task: (Int) -> Void) -> Void

  /// - Parameters:
  ///   - vectors: [image][feature].
  ///   - fitting: the images that the probe is fitted on, at least two; `heldOut`: those that it is measured on.
  public init(_ vectors: [Float], length: Int, fitting: [Int], heldOut: [Int], tasks: @escaping Tasks) {
    (self.fitting, self.heldOut, self.tasks) = (fitting, heldOut, tasks)
    kernel = CentredKernel(vectors, length: length, fitting: fitting, heldOut: heldOut, tasks: tasks)
  }

  /// A fit of one target at one strength: what it is off by where each image is left out, and what it predicts of those held out.
  private struct Fit {
    var error = Double.infinity
    /// For each column of the target.
    var predictions: [[Double]] = []
  }

  /// Scores of targets; none of one that is the same in all fitting images, or in all that are held out.
  public func scores(of targets: [Target]) -> [Score?] {
    let strengths = Self.strengths
    let columns = targets.map { varies($0) && kernel.variance > 0 ? self.columns($0) : [] }
    var fits = strengths.map { _ in targets.map { _ in Fit() } }
    fits.withUnsafeMutableBufferPointer { fits in
      kernel.values.withUnsafeBufferPointer { values in
        guard let fits = fits.baseAddress, let values = values.baseAddress else { return }
        tasks(strengths.count) { number in
          let ridge = strengths[number] * kernel.variance
          let factor = Cholesky(values, count: fitting.count, ridge: ridge)
          let freedom = factor.inverseDiagonal.map { ridge * $0 - 1 / Double(fitting.count) }
          fits[number] = columns.map { fit($0, factor, ridge, freedom, values) }
        }
      }
    }
    return targets.indices.map { target in
      guard !columns[target].isEmpty else { return varies(targets[target]) ? unread(targets[target]) : nil }
      var best = 0
      for number in strengths.indices where fits[number][target].error < fits[best][target].error { best = number }
      // Nothing was done where whoever does the tasks was asked to stop.
      if fits[best][target].predictions.isEmpty { return nil }
      return Score(
        value: value(targets[target], fits[best][target].predictions), strength: strengths[best])
    }
  }

  /// Vectors that are all the same tell nothing: what is predicted is the mean, or the commonest kind.
  private func unread(_ target: Target) -> Score {
    let means = columns(target).map { column in
      let mean = self.mean(column)
      return heldOut.map { _ in mean }
    }
    return Score(value: value(target, means), strength: Self.strengths[0])
  }

  /// The predictor at x is mean + k(x) · (K + ridge)⁻¹ (y − mean). Without the image i, what it is off by there is
  /// ridge · aᵢ / (1 − hᵢᵢ) for a = (K + ridge)⁻¹ (y − mean), where 1 − hᵢᵢ = ridge · (K + ridge)⁻¹ᵢᵢ − 1/n: the mean is fitted, too.
  private func fit(
    _ columns: [[Double]], _ factor: Cholesky, _ ridge: Double, _ freedom: [Double], _ values: UnsafePointer<Double>
  ) -> Fit {
    var fit = Fit(error: 0)
    for column in columns {
      let mean = mean(column)
      let weights = factor.solve(fitting.map { column[$0] - mean })
      for (weight, freedom) in zip(weights, freedom) {
        let off = ridge * weight / freedom
        fit.error += off * off
      }
      fit.predictions.append(
        weights.withUnsafeBufferPointer { weights in
          guard let weights = weights.baseAddress else { return [] }
          return heldOut.indices.map { row in
            mean + innerProduct(values + (fitting.count + row) * fitting.count, weights, fitting.count)
          }
        })
    }
    return fit
  }

  private func mean(_ column: [Double]) -> Double {
    fitting.reduce(0) { $0 + column[$1] } / Double(fitting.count)
  }

  /// What a regression is fitted to: numbers, or an indicator of each kind.
  private func columns(_ target: Target) -> [[Double]] {
    switch target {
    case .numbers(let numbers): [numbers]
    case .angles(let cosines, let sines): [cosines, sines]
    case .kinds(let kinds, let count): (0..<count).map { kind in kinds.map { $0 == kind ? 1 : 0 } }
    }
  }

  private func varies(_ target: Target) -> Bool {
    let columns = columns(target)
    return [fitting, heldOut].allSatisfy { images in
      columns.contains { column in images.contains { column[$0] != column[images[0]] } }
    }
  }

  private func value(_ target: Target, _ predictions: [[Double]]) -> Double {
    switch target {
    case .numbers, .angles:
      var (left, all) = (0.0, 0.0)
      for (column, predicted) in zip(columns(target), predictions) {
        let mean = heldOut.reduce(0) { $0 + column[$1] } / Double(heldOut.count)
        for (image, prediction) in zip(heldOut, predicted) {
          left += (column[image] - prediction) * (column[image] - prediction)
          all += (column[image] - mean) * (column[image] - mean)
        }
      }
      return 1 - left / all
    case .kinds(let kinds, let count):
      let right = heldOut.indices.count { row in
        var best = 0
        for kind in 0..<count where predictions[kind][row] > predictions[best][row] { best = kind }
        return best == kinds[heldOut[row]]
      }
      return Double(right) / Double(heldOut.count)
    }
  }
}
