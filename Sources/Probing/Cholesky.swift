/// A symmetric, positive definite matrix A = L · Lᵀ, by the inverse of its Cholesky factor L. All sums are formed in one
/// order, whatever the machine.
struct Cholesky {
  private let count: Int
  /// Row j holds column j of L⁻¹, from its diagonal on.
  private let inverse: [Double]

  /// - Parameters:
  ///   - matrix: row after row; what is above the diagonal is not read.
  ///   - ridge: added to the diagonal.
  init(_ matrix: UnsafePointer<Double>, count: Int, ridge: Double) {
    self.count = count
    // Nothing is read before it is written but the zeros right of a row's diagonal, which count for nothing.
    let lower = UnsafeMutablePointer<Double>.allocate(capacity: max(1, count * count))
    defer { lower.deallocate() }
    for i in 0..<count {
      let row = lower + i * count
      for j in 0..<i {
        row[j] = (matrix[i * count + j] - innerProduct(row, lower + j * count, j)) / lower[j * count + j]
      }
      row[i] = (matrix[i * count + i] + ridge - innerProduct(row, row, i)).squareRoot()
    }
    inverse = [Double](unsafeUninitializedCapacity: count * count) { buffer, initialised in
      initialised = count * count
      guard let columns = buffer.baseAddress else { return }
      columns.initialize(repeating: 0, count: count * count)
      for j in 0..<count {
        let column = columns + j * count
        column[j] = 1 / lower[j * count + j]
        for i in (j + 1)..<max(count, j + 1) {
          column[i] = -innerProduct(lower + i * count + j, column + j, i - j) / lower[i * count + i]
        }
      }
    }
  }

  /// A⁻¹ · y.
  func solve(_ right: [Double]) -> [Double] {
    var middle = [Double](repeating: 0, count: count)
    return inverse.withUnsafeBufferPointer { inverse in
      middle.withUnsafeMutableBufferPointer { middle in
        guard let inverse = inverse.baseAddress, let middle = middle.baseAddress else { return [] }
        for j in 0..<count {
          for i in j..<count { middle[i] += inverse[j * count + i] * right[j] }
        }
        return (0..<count).map { innerProduct(inverse + $0 * count + $0, middle + $0, count - $0) }
      }
    }
  }

  /// The diagonal of A⁻¹.
  var inverseDiagonal: [Double] {
    inverse.withUnsafeBufferPointer { inverse in
      guard let inverse = inverse.baseAddress else { return [] }
      return (0..<count).map { j in
        let column = inverse + j * count + j
        return innerProduct(column, column, count - j)
      }
    }
  }
}
