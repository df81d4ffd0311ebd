/// Something that is drawn: a grid of images or a chart.
public protocol Figure: Sendable {
  /// Where everything is. Refuses what cannot be drawn.
  func drawing() throws(FigureError) -> Drawing

  /// The figure in characters, in lines of at most `width` columns. Ends without a line break.
  func terminal(width: Int, colours: TerminalColours) -> String
}

extension Figure {
  /// Draws it in pixels.
  /// - Parameter shouldStop: asked many times while a large figure is drawn; an answer of true stops it.
  /// - Throws: `FigureError.interrupted` where it was stopped.
  public func raster(shouldStop: () -> Bool = { false }) throws(FigureError) -> Raster {
    try drawing().raster(shouldStop: shouldStop)
  }
}
