// libjpeg-turbo for Swift. It reports errors by a function that must not return, and this one jumps: everything between
// setjmp and the last call into the library happens inside one C function here, from memory to memory.
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
// After stdio.h, which they need.
#include <jerror.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/// What became of a file.
enum { CJPEG_BROKEN = 0, CJPEG_READ = 1, CJPEG_TOO_LARGE = 2, CJPEG_OTHER_COLOURS = 3 };

/// What a call gives: an owned block of bytes, and the library's words where it failed.
typedef struct {
  uint8_t *bytes;
  size_t count;
  uint32_t width;
  uint32_t height;
  int channels;
  int outcome;
  char message[JMSG_LENGTH_MAX];
} CJPEGResult;

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf exit;
  CJPEGResult *result;
} CJPEGErrors;

static inline void cjpeg_free(CJPEGResult *result) {
  free(result->bytes);
  result->bytes = NULL;
}

static inline void cjpeg_on_error(j_common_ptr info) {
  CJPEGErrors *errors = (CJPEGErrors *)info->err;
  info->err->format_message(info, errors->result->message);
  longjmp(errors->exit, 1);
}

/// A warning about data that are missing or wrong is an error: the library would go on and make pixels up. What leaves
/// every pixel as it is may be.
static inline void cjpeg_on_message(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM: return;
    default: cjpeg_on_error(info);
  }
}

static inline void cjpeg_on_output(j_common_ptr info) { (void)info; }

/// A small file may announce scan after scan over a large image, each of which takes its time.
static inline void cjpeg_on_progress(j_common_ptr info) {
  CJPEGErrors *errors = (CJPEGErrors *)info->err;
  if (((j_decompress_ptr)info)->input_scan_number <= 64) return;
  strncpy(errors->result->message, "it has more than 64 scans", JMSG_LENGTH_MAX - 1);
  longjmp(errors->exit, 1);
}

/// Reads a JPEG file as 8-bit grey where it has one component, else as RGB; at most `limit` pixels. The accurate integer
/// transform and the interpolation of colour ("fancy upsampling") give the same bits with and without the library's SIMD.
__attribute__((noinline)) static inline int cjpeg_read(
    const uint8_t *bytes, size_t count, size_t limit, CJPEGResult *result) {
  memset(result, 0, sizeof *result);
  struct jpeg_decompress_struct info;
  struct jpeg_progress_mgr progress;
  CJPEGErrors errors;
  memset(&info, 0, sizeof info);
  memset(&progress, 0, sizeof progress);
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = cjpeg_on_error;
  errors.base.emit_message = cjpeg_on_message;
  errors.base.output_message = cjpeg_on_output;
  errors.result = result;
  if (setjmp(errors.exit) != 0) {
    jpeg_destroy_decompress(&info);
    cjpeg_free(result);
    return result->outcome;
  }
  jpeg_create_decompress(&info);
  progress.progress_monitor = cjpeg_on_progress;
  info.progress = &progress;
  jpeg_mem_src(&info, (unsigned char *)bytes, (unsigned long)count);
  jpeg_read_header(&info, TRUE);
  result->width = info.image_width;
  result->height = info.image_height;
  if (info.num_components != 1 && info.num_components != 3) {
    result->outcome = CJPEG_OTHER_COLOURS;
  } else if ((size_t)info.image_width > limit / info.image_height) {
    result->outcome = CJPEG_TOO_LARGE;
  }
  if (result->outcome != CJPEG_BROKEN) longjmp(errors.exit, 1);
  result->channels = info.num_components;
  info.out_color_space = info.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  info.dct_method = JDCT_ISLOW;
  info.do_fancy_upsampling = TRUE;
  info.do_block_smoothing = FALSE;
  jpeg_start_decompress(&info);
  size_t row = (size_t)info.output_width * (size_t)info.output_components;
  result->count = row * info.output_height;
  result->bytes = (uint8_t *)malloc(result->count);
  if (result->bytes == NULL) ERREXIT1(&info, JERR_OUT_OF_MEMORY, 0);
  while (info.output_scanline < info.output_height) {
    JSAMPROW line = result->bytes + row * info.output_scanline;
    jpeg_read_scanlines(&info, &line, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return result->outcome = CJPEG_READ;
}
