import CCairo
import Text

// A drawing as pixels and as PDF, through cairo. In pixels text is outlines that cairo fills, so that no library's fitting to
// pixels moves a letter; in a PDF it is text, with the part of the font that it needs.

extension Drawing {
  /// The drawing in pixels.
  /// - Parameters:
  ///   - width: how many pixels wide it is at most; as wide as it is kept if none is given.
  ///   - shouldStop: asked before each item and in the end; an answer of true stops the drawing.
  public func raster(
    width limit: Int? = nil, shouldStop: () -> Bool = { false }
  ) throws(FigureError) -> Raster {
    let pixels = limit.map { min(self.pixels, Double(max(1, $0)) / Double(width)) } ?? self.pixels
    let (columns, rows) = (
      Int((Double(width) * pixels).rounded(.up)), Int((Double(height) * pixels).rounded(.up))
    )
    let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(columns), Int32(rows))
    defer { cairo_surface_destroy(surface) }
    try draw(on: surface, scale: pixels, textIsOutlines: true, shouldStop: shouldStop)
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else { throw .notDrawn(reason: "out of memory") }
    let stride = Int(cairo_image_surface_get_stride(surface))
    let bytes = [UInt8](unsafeUninitializedCapacity: columns * rows * 3) { buffer, count in
      for row in 0..<rows {
        data.advanced(by: row * stride).withMemoryRebound(to: UInt32.self, capacity: columns) { line in
          for column in 0..<columns {
            let place = (row * columns + column) * 3
            buffer[place] = UInt8(truncatingIfNeeded: line[column] >> 16)
            buffer[place + 1] = UInt8(truncatingIfNeeded: line[column] >> 8)
            buffer[place + 2] = UInt8(truncatingIfNeeded: line[column])
          }
        }
      }
      count = columns * rows * 3
    }
    if shouldStop() { throw .interrupted }
    return Raster(trusted: bytes, width: columns, height: rows, channels: 3).withoutUnusedColour()
  }

  /// The drawing as a PDF of one page, as large as the figure, in which no time is written.
  /// - Parameter facts: what the file states of itself.
  public func pdf(
    title: String, facts: [(keyword: String, value: String)] = [], shouldStop: () -> Bool = { false }
  ) throws(FigureError) -> [UInt8] {
    var sink = CCairoBytes()
    defer { free(sink.bytes) }
    try withUnsafeMutablePointer(to: &sink) { sink throws(FigureError) in
      let surface = ccairo_pdf(sink, Double(width) * points, Double(height) * points)
      defer { cairo_surface_destroy(surface) }
      let state = facts.map { "\($0.keyword): \($0.value)" }.joined(separator: "\n")
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, nil)
      if !state.isEmpty { cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, state) }
      try draw(on: surface, scale: points, textIsOutlines: false, shouldStop: shouldStop)
      cairo_surface_finish(surface)
      let status = cairo_surface_status(surface)
      guard status == CAIRO_STATUS_SUCCESS else { throw .notDrawn(reason: Self.words(status)) }
    }
    return Array(UnsafeBufferPointer(start: sink.bytes, count: sink.count))
  }

  private static func words(_ status: cairo_status_t) -> String { String(cString: cairo_status_to_string(status)) }

  private func draw(
    on surface: OpaquePointer?, scale: Double, textIsOutlines: Bool, shouldStop: () -> Bool
  ) throws(FigureError) {
    let outcome = FontFaces.withFonts { fonts -> Result<Void, FigureError> in
      let context = cairo_create(surface)
      defer { cairo_destroy(context) }
      cairo_set_source_rgb(context, 1, 1, 1)
      cairo_paint(context)
      cairo_scale(context, scale, scale)
      cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
      for item in items {
        if shouldStop() { return .failure(.interrupted) }
        draw(item, on: context, fonts, textIsOutlines: textIsOutlines)
      }
      let status = cairo_status(context)
      return status == CAIRO_STATUS_SUCCESS ? .success(()) : .failure(.notDrawn(reason: Self.words(status)))
    }
    try outcome.get()
  }

  private func draw(_ item: Item, on context: OpaquePointer?, _ fonts: [OpaquePointer?], textIsOutlines: Bool) {
    switch item {
    case .fill(let area, let colour):
      set(Fill(colour: colour), on: context)
      cairo_rectangle(context, Double(area.x), Double(area.y), Double(area.width), Double(area.height))
      cairo_fill(context)
    case .path(let path, let fill, let stroke):
      for piece in path.pieces {
        switch piece {
        case .move(let point): cairo_move_to(context, point.x, point.y)
        case .line(let point): cairo_line_to(context, point.x, point.y)
        case .curve(let first, let second, let end):
          cairo_curve_to(context, first.x, first.y, second.x, second.y, end.x, end.y)
        case .close: cairo_close_path(context)
        }
      }
      if let fill {
        set(fill, on: context)
        cairo_fill_preserve(context)
      }
      if let stroke {
        set(Fill(colour: stroke.colour), on: context)
        cairo_set_line_width(context, stroke.width)
        cairo_set_line_cap(context, stroke.dashes.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
        cairo_set_dash(context, stroke.dashes, Int32(stroke.dashes.count), 0)
        cairo_stroke_preserve(context)
      }
      cairo_new_path(context)
    case .text(let text, let style, let x, let baseline, let isUpward):
      let font = fonts[style.weight == .bold ? 1 : 0]
      write(text, style, x, baseline, isUpward, font, on: context, asOutlines: textIsOutlines)
    case .image(let image, let x, let y, let scale): show(image, x, y, scale, on: context)
    }
  }

  private func set(_ fill: Fill, on context: OpaquePointer?) {
    cairo_set_source_rgba(
      context, Double(fill.colour.red) / 255, Double(fill.colour.green) / 255, Double(fill.colour.blue) / 255,
      fill.opacity)
  }

  private func write(
    _ text: String, _ style: TextStyle, _ x: Double, _ baseline: Double, _ isUpward: Bool, _ font: OpaquePointer?,
    on context: OpaquePointer?, asOutlines: Bool
  ) {
    var glyphs: [cairo_glyph_t] = []
    var clusters: [cairo_text_cluster_t] = []
    var pen = 0.0
    let unit = style.size / Typeface.unitsPerSize
    for character in text {
      let (placed, advance, _) = style.typeface.glyphs(of: character)
      for part in placed {
        glyphs.append(cairo_glyph_t(index: UInt(part.glyph.number), x: pen + part.x * unit, y: -part.y * unit))
      }
      clusters.append(cairo_text_cluster_t(num_bytes: Int32(character.utf8.count), num_glyphs: Int32(placed.count)))
      pen += Double(advance) * unit
    }
    cairo_save(context)
    cairo_translate(context, x, baseline)
    if isUpward { cairo_rotate(context, -Double.pi / 2) }
    if let font { cairo_set_font_face(context, font) }
    cairo_set_font_size(context, style.size)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    set(Fill(colour: style.colour), on: context)
    if asOutlines {
      cairo_glyph_path(context, glyphs, Int32(glyphs.count))
      cairo_fill(context)
    } else {
      cairo_show_text_glyphs(
        context, text, Int32(text.utf8.count), glyphs, Int32(glyphs.count), clusters, Int32(clusters.count),
        cairo_text_cluster_flags_t(rawValue: 0))
    }
    cairo_restore(context)
  }

  private func show(_ image: GridImage, _ x: Int, _ y: Int, _ scale: Int, on context: OpaquePointer?) {
    guard let picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(image.width), Int32(image.height)) else {
      return
    }
    defer { cairo_surface_destroy(picture) }
    cairo_surface_flush(picture)
    guard let data = cairo_image_surface_get_data(picture) else { return }
    let stride = Int(cairo_image_surface_get_stride(picture))
    for row in 0..<image.height {
      data.advanced(by: row * stride).withMemoryRebound(to: UInt32.self, capacity: image.width) { line in
        for column in 0..<image.width {
          let colour = image.colour(x: column, y: row)
          line[column] = UInt32(colour.red) << 16 | UInt32(colour.green) << 8 | UInt32(colour.blue)
        }
      }
    }
    cairo_surface_mark_dirty(picture)
    cairo_save(context)
    cairo_translate(context, Double(x), Double(y))
    cairo_scale(context, Double(scale), Double(scale))
    cairo_set_source_surface(context, picture, 0, 0)
    let pattern = cairo_get_source(context)
    // A pixel is a square: nothing is smoothed between two of them.
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST)
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD)
    cairo_rectangle(context, 0, 0, Double(image.width), Double(image.height))
    cairo_fill(context)
    cairo_restore(context)
  }
}
