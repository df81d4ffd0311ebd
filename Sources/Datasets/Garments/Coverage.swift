/// How much of each pixel a polygon covers, exactly, from its edges alone.
///
/// Going along a row, the covered height of a pixel changes only where an edge passes. Each edge therefore leaves, in
/// the pixels it crosses, by how much it changes the covered area of this pixel and of all pixels right of it; the
/// running sum along the row is the coverage. The cost is that of the edges plus one sum, whatever the polygon looks
/// like. Overlapping polygons of one orientation add up, so coverage is cut off at 1.
struct Coverage {
  let size: Int
  private let stride: Int
  private var changes: [Float]
  private var firstRow: Int
  private var lastRow = -1

  init(size: Int) {
    self.size = size
    stride = size + 2
    changes = [Float](repeating: 0, count: stride * size)
    firstRow = size
  }

  /// Adds the edge between two points given in pixels, the left upper corner of the picture being (0, 0).
  mutating func addEdge(from start: Point, to end: Point) {
    guard start.y != end.y else { return }
    let (top, bottom, sign): (Point, Point, Float) = start.y < end.y ? (start, end, 1) : (end, start, -1)
    let height = Float(size)
    guard bottom.y > 0, top.y < height else { return }
    let slope = (bottom.x - top.x) / (bottom.y - top.y)
    var y = max(top.y, 0)
    let stop = min(bottom.y, height)
    var row = Int(y)
    firstRow = min(firstRow, row)
    while y < stop {
      let next = min(Float(row + 1), stop)
      addPiece(
        row: row, from: top.x + (y - top.y) * slope, to: top.x + (next - top.y) * slope, height: sign * (next - y))
      y = next
      lastRow = max(lastRow, row)
      row += 1
    }
  }

  /// An edge's part in one row: cut again at every pixel it enters.
  private mutating func addPiece(row: Int, from a: Float, to b: Float, height: Float) {
    let width = Float(size)
    var x = min(max(min(a, b), 0), width)
    let end = min(max(max(a, b), 0), width)
    let base = row * stride
    var column = Int(x)
    if end <= Float(column + 1) {
      let right = height * ((x + end) * 0.5 - Float(column))
      changes[base + column] += height - right
      changes[base + column + 1] += right
      return
    }
    let heightPerPixel = height / (end - x)
    while x < end {
      let next = min(Float(column + 1), end)
      let part = heightPerPixel * (next - x)
      let right = part * ((x + next) * 0.5 - Float(column))
      changes[base + column] += part - right
      changes[base + column + 1] += right
      x = next
      column += 1
    }
  }

  /// Hands every pixel that is covered at all, with its coverage (0…1), to `paint`, and empties itself.
  mutating func drain(_ paint: (_ pixel: Int, _ coverage: Float) -> Void) {
    while firstRow <= lastRow {
      var sum: Float = 0
      for column in 0..<size {
        let cell = firstRow * stride + column
        sum += changes[cell]
        changes[cell] = 0
        let coverage = min(abs(sum), 1)
        // What is left of rounding outside a polygon is below a thousandth of a grey level.
        if coverage > 1e-6 { paint(firstRow * size + column, coverage) }
      }
      changes[firstRow * stride + size] = 0
      changes[firstRow * stride + size + 1] = 0
      firstRow += 1
    }
    firstRow = size
    lastRow = -1
  }
}
