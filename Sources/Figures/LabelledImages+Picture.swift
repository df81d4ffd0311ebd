import Images

extension LabelledImages {
  /// One image as a figure shows it.
  public func picture(
    _ index: Int, note: String? = nil, isMarked: Bool = false
  ) throws(FigureError) -> GridImage {
    try GridImage(
      height: shape.height, width: shape.width, channels: shape.channels, values: image(index), note: note,
      isMarked: isMarked)
  }
}
