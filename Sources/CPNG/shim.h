// libpng for Swift. libpng reports errors by longjmp, which must not cross a Swift frame: everything between setjmp and
// the last call into libpng happens inside one C function here, from memory to memory.
#include <png.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// A text chunk: `international` is nonzero for UTF-8 (iTXt), zero for ASCII (tEXt).
typedef struct {
  const char *keyword;
  const char *value;
  int international;
} CPNGText;

/// What a call gives: an owned block of bytes, and libpng's words where it failed.
typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
  uint32_t width;
  uint32_t height;
  int channels;
  char message[128];
} CPNGResult;

/// Bytes being read, and how many of them are gone.
typedef struct {
  const uint8_t *bytes;
  size_t count;
  size_t position;
} CPNGSource;

static inline void cpng_free(CPNGResult *result) {
  free(result->bytes);
  result->bytes = NULL;
}

static inline void cpng_on_error(png_structp png, png_const_charp message) {
  CPNGResult *result = (CPNGResult *)png_get_error_ptr(png);
  strncpy(result->message, message, sizeof result->message - 1);
  png_longjmp(png, 1);
}

static inline void cpng_on_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static inline void cpng_on_write(png_structp png, png_bytep bytes, size_t count) {
  CPNGResult *result = (CPNGResult *)png_get_io_ptr(png);
  if (count > result->capacity - result->count) {
    size_t capacity = (result->count + count) * 2;
    uint8_t *grown = (uint8_t *)realloc(result->bytes, capacity);
    if (grown == NULL) png_error(png, "out of memory");
    result->bytes = grown;
    result->capacity = capacity;
  }
  memcpy(result->bytes + result->count, bytes, count);
  result->count += count;
}

static inline void cpng_on_flush(png_structp png) { (void)png; }

static inline void cpng_on_read(png_structp png, png_bytep bytes, size_t count) {
  CPNGSource *source = (CPNGSource *)png_get_io_ptr(png);
  if (count > source->count - source->position) png_error(png, "the file ends too early");
  memcpy(bytes, source->bytes + source->position, count);
  source->position += count;
}

/// Asked with what was handed over beside it: nonzero gives up.
typedef int (*CPNGQuestion)(const void *asked);

/// Writes 8-bit grey (1 channel) or RGB (3 channels). The filter, the compression level and the order of chunks are
/// fixed and no time is written, so the same libpng and zlib give the same bytes. `should_stop` is asked before each
/// row; `density` is the number of pixels in a metre, 0 where nobody knows. Returns 1 on success, 0 where libpng failed,
/// -1 where it was given up.
__attribute__((noinline)) static inline int cpng_write(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, const CPNGText *texts, int text_count,
    uint32_t density, CPNGQuestion should_stop, const void *asked, CPNGResult *result) {
  memset(result, 0, sizeof *result);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, result, cpng_on_error, cpng_on_warning);
  if (png == NULL) return 0;
  png_infop info = png_create_info_struct(png);
  if (setjmp(png_jmpbuf(png)) != 0) {
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  if (info == NULL) png_error(png, "out of memory");
  png_set_write_fn(png, result, cpng_on_write, cpng_on_flush);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_compression_level(png, 9);
  png_set_IHDR(
      png, info, width, height, 8, channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (density > 0) png_set_pHYs(png, info, density, density, PNG_RESOLUTION_METER);
  for (int i = 0; i < text_count; i++) {
    png_text chunk;
    memset(&chunk, 0, sizeof chunk);
    chunk.compression = texts[i].international ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE;
    chunk.key = (png_charp)texts[i].keyword;
    chunk.text = (png_charp)texts[i].value;
    if (texts[i].international) {
      chunk.itxt_length = strlen(texts[i].value);
      chunk.lang = (png_charp) "";
      chunk.lang_key = (png_charp) "";
    } else {
      chunk.text_length = strlen(texts[i].value);
    }
    png_set_text(png, info, &chunk, 1);
  }
  png_write_info(png, info);
  for (uint32_t row = 0; row < height; row++) {
    if (should_stop(asked)) {
      png_destroy_write_struct(&png, &info);
      return -1;
    }
    png_write_row(png, pixels + (size_t)row * width * (size_t)channels);
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return 1;
}

/// Appends text and its closing NUL to the result.
static inline void cpng_append_text(png_structp png, CPNGResult *result, const char *text) {
  const char *given = text == NULL ? "" : text;
  size_t count = strlen(given) + 1;
  if (count > result->capacity - result->count) {
    size_t capacity = (result->count + count) * 2;
    uint8_t *grown = (uint8_t *)realloc(result->bytes, capacity);
    if (grown == NULL) png_error(png, "out of memory");
    result->bytes = grown;
    result->capacity = capacity;
  }
  memcpy(result->bytes + result->count, given, count);
  result->count += count;
}

/// Reads any PNG as 8-bit grey or RGB: palettes and small depths are expanded, 16 bits scaled to 8, transparent pixels
/// laid on white. At most `limit` bytes of pixels. Every chunk's checksum must be right, and the file complete.
/// With `pixels` zero the result holds the text chunks instead, as keyword NUL value NUL …. Returns 1 on success.
__attribute__((noinline)) static inline int cpng_read(
    const uint8_t *bytes, size_t count, size_t limit, int pixels, CPNGResult *result) {
  memset(result, 0, sizeof *result);
  CPNGSource source = {bytes, count, 0};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, result, cpng_on_error, cpng_on_warning);
  if (png == NULL) return 0;
  png_infop info = png_create_info_struct(png);
  if (setjmp(png_jmpbuf(png)) != 0) {
    png_destroy_read_struct(&png, &info, NULL);
    cpng_free(result);
    return 0;
  }
  if (info == NULL) png_error(png, "out of memory");
  png_set_read_fn(png, &source, cpng_on_read);
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  png_set_user_limits(png, 1 << 16, 1 << 16);
  png_read_info(png, info);
  result->width = png_get_image_width(png, info);
  result->height = png_get_image_height(png, info);
  png_set_expand(png);
  png_set_scale_16(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t stored = png_get_channels(png, info);
  size_t rowbytes = png_get_rowbytes(png, info);
  if (rowbytes != stored * result->width) png_error(png, "unexpected row size");
  if (rowbytes > limit / result->height) png_error(png, "the image is too large");
  result->bytes = (uint8_t *)malloc(rowbytes * result->height);
  if (result->bytes == NULL) png_error(png, "out of memory");
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t row = 0; row < result->height; row++) {
      png_read_row(png, result->bytes + row * rowbytes, NULL);
    }
  }
  png_read_end(png, info);
  if (!pixels) {
    png_textp texts = NULL;
    int text_count = 0;
    result->count = 0;
    result->capacity = rowbytes * result->height;
    png_get_text(png, info, &texts, &text_count);
    for (int i = 0; i < text_count; i++) {
      cpng_append_text(png, result, texts[i].key);
      cpng_append_text(png, result, texts[i].text);
    }
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
  }
  size_t kept = stored > 2 ? 3 : 1;
  size_t area = (size_t)result->width * result->height;
  if (kept != stored) {
    for (size_t i = 0; i < area; i++) {
      unsigned alpha = result->bytes[i * stored + kept];
      for (size_t c = 0; c < kept; c++) {
        unsigned value = result->bytes[i * stored + c];
        result->bytes[i * kept + c] = (uint8_t)((value * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }
  }
  result->channels = (int)kept;
  result->count = area * kept;
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}
