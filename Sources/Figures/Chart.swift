/// A chart for a paper: one panel or several, each with named axes, and series that differ in colour, dashes and markers, so
/// that they are told apart by colour-blind readers and in grey.
public struct Chart: Figure, Hashable {
  /// How wide it is printed.
  public enum Width: String, Hashable, Sendable, CaseIterable {
    /// A column of a paper with two: 3.3 inches.
    case column
    /// Both columns: 6.9 inches.
    case page
  }

  /// One place of a series: a measured value, or the mean of several with their spread.
  public struct Place: Hashable, Sendable {
    public var x: Double
    public var y: Double
    /// The standard deviation, where there is more than one value.
    public var spread: Double?

    public init(x: Double, y: Double, spread: Double? = nil) { (self.x, self.y, self.spread) = (x, y, spread) }

    var isFinite: Bool { x.isFinite && y.isFinite && spread?.isFinite ?? true }
    var low: Double { y - (spread ?? 0) }
    var high: Double { y + (spread ?? 0) }
  }

  /// How a series is drawn.
  public enum Form: Hashable, Sendable {
    /// Joined by lines; the spread is a band.
    case curve
    /// Joined by lines, with a marker at each place; the spread is an error bar.
    case markedLine
    /// The same all along the axis: no place is its own.
    case level
    case points
    /// From zero, beside the bars of the other series; the spread is an error bar.
    case bars
    /// Adjoining blocks of this width, from `x` on: a histogram.
    case blocks(width: Double)
  }

  public struct Series: Hashable, Sendable {
    /// Which entry of the legend it is.
    public var number: Int
    public var form: Form
    public var places: [Place]

    public init(number: Int, form: Form, places: [Place]) {
      (self.number, self.form, self.places) = (number, form, places)
    }
  }

  public enum Scale: Hashable, Sendable {
    case linear
    /// Equal ratios are equal distances; only for positive numbers. What a spread leaves below them ends at the axis.
    case logarithmic
    /// From 0 to 1, with as much room for 0.9…0.99 as for 0.99…0.999: log₁₀ p / (1 − p). The ends, which have no such
    /// number, stand a step beyond the others.
    case proportion
    /// Things side by side, at 0, 1, 2, …
    case categories([String])
  }

  public struct Axis: Hashable, Sendable {
    /// What is measured, with its unit.
    public var title: String
    public var scale: Scale
    /// The places that are measured, where these are few: marked on the axis. Otherwise round numbers are.
    public var places: [Double]
    /// Whether only whole numbers mean something: epochs, counts.
    public var isWhole: Bool

    public init(title: String, scale: Scale = .linear, places: [Double] = [], isWhole: Bool = false) {
      (self.title, self.scale, self.places, self.isWhole) = (title, scale, places, isWhole)
    }
  }

  public struct Panel: Hashable, Sendable {
    public var title: String
    public var x: Axis
    public var y: Axis
    public var series: [Series]

    public init(title: String, x: Axis, y: Axis, series: [Series]) {
      (self.title, self.x, self.y, self.series) = (title, x, y, series)
    }
  }

  public var panels: [Panel]
  /// The names of the series; of a single one none is shown.
  public var legend: [String]
  /// What a reader must know: what the spread is, of how many.
  public var caption: String
  public var width: Width
  /// How many panels of a page belong side by side, where it is known; no more than three are.
  public var panelsInRow: Int?

  public init(panels: [Panel], legend: [String], caption: String = "", width: Width, panelsInRow: Int? = nil) {
    (self.panels, self.legend, self.caption, self.width) = (panels, legend, caption, width)
    self.panelsInRow = panelsInRow
  }

  public func drawing() throws(FigureError) -> Drawing {
    guard panels.contains(where: { $0.series.contains { $0.places.contains(where: \.isFinite) } }) else {
      throw .emptyChart
    }
    return ChartLayout(self).drawing
  }
}
