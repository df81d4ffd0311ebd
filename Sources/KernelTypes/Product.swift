public typealias Floats = UnsafePointer<Float>
public typealias MutableFloats = UnsafeMutablePointer<Float>

/// One block of a matrix product summed over pairs of pixels, the only shape of work that convolutions, their gradients
/// and dense layers need:
///
///     C[r][j] (+)= Σ over pairs (p, q), Σ over 0 ≤ k < depth of  A[p][r, k] · B[q][k, j]
///
/// for `rows` rows and `columns` columns. Every element of C is one chain of fused multiply-adds in the order of the
/// pairs, then of k: its bits depend neither on the vector width nor on how the block was cut out of a larger one.
@frozen public struct Product {
  /// Where A's pixel p begins is `a + p · aPixel`; its element (r, k) is `r · aRow + k · aDepth` further on.
  public var a: Floats
  public var aPixel, aRow, aDepth: Int
  /// B's pixel (or tap) q begins at `b + q · bPixel`; its row k is `k · bRow` further on. Columns come in panels as
  /// wide as the set's `panelWidth(columns)`, `bPanel` floats apart.
  public var b: Floats
  public var bPixel, bRow, bPanel: Int
  public var c: MutableFloats
  public var cRow: Int
  /// `pairCount` pairs (p, q), one after the other.
  public var pairs: UnsafePointer<Int32>
  public var pairCount, depth: Int
  /// `columns` is a multiple of 16.
  public var rows, columns: Int
  /// Whether C's chain continues from what stands there, or begins at zero.
  public var accumulate: Bool

  @inline(__always) public init(
    a: Floats, aPixel: Int, aRow: Int, aDepth: Int, b: Floats, bPixel: Int, bRow: Int, bPanel: Int,
    c: MutableFloats, cRow: Int, pairs: UnsafePointer<Int32>, pairCount: Int, depth: Int, rows: Int, columns: Int,
    accumulate: Bool
  ) {
    self.a = a
    self.aPixel = aPixel
    self.aRow = aRow
    self.aDepth = aDepth
    self.b = b
    self.bPixel = bPixel
    self.bRow = bRow
    self.bPanel = bPanel
    self.c = c
    self.cRow = cRow
    self.pairs = pairs
    self.pairCount = pairCount
    self.depth = depth
    self.rows = rows
    self.columns = columns
    self.accumulate = accumulate
  }
}
