// cairo and FreeType for Swift: what their macros and callbacks say that Swift cannot read.
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// A font in memory that stays where it is; null where FreeType does not take it. It is never freed.
static inline FT_Face ccairo_face(const uint8_t *bytes, size_t count) {
  static FT_Library library = NULL;
  if (library == NULL && FT_Init_FreeType(&library) != 0) return NULL;
  FT_Face face = NULL;
  return FT_New_Memory_Face(library, bytes, (FT_Long)count, 0, &face) == 0 ? face : NULL;
}

/// The outline of a glyph in the font's own units, as the designer has drawn it. 1 where there is one.
static inline int ccairo_load(FT_Face face, uint32_t glyph) {
  return FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING) == 0;
}

/// The font for cairo, whose outlines are fitted to no pixels.
static inline cairo_font_face_t *ccairo_font(FT_Face face) {
  return cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
}

/// Bytes that cairo has written.
typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
} CCairoBytes;

static inline cairo_status_t ccairo_append(void *closure, const unsigned char *data, unsigned int length) {
  CCairoBytes *sink = (CCairoBytes *)closure;
  if (sink->count + length > sink->capacity) {
    size_t capacity = 2 * (sink->count + length);
    uint8_t *bytes = (uint8_t *)realloc(sink->bytes, capacity);
    if (bytes == NULL) return CAIRO_STATUS_NO_MEMORY;
    sink->bytes = bytes;
    sink->capacity = capacity;
  }
  memcpy(sink->bytes + sink->count, data, length);
  sink->count += length;
  return CAIRO_STATUS_SUCCESS;
}

/// A PDF surface that writes into `sink`, sizes in points.
static inline cairo_surface_t *ccairo_pdf(CCairoBytes *sink, double width, double height) {
  return cairo_pdf_surface_create_for_stream(ccairo_append, sink, width, height);
}
