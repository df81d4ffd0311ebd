#include "AllocationCounter.h"
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

static _Thread_local int counting;
static _Thread_local long count;

void countAllocations(int on) {
  counting = on;
  if (on) count = 0;
}
long allocationsCounted(void) { return count; }

#ifdef __GLIBC__
// These take the place of the C library's own in the whole test program.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void note(void) { if (counting) count++; }

void *malloc(size_t size) { note(); return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { note(); return __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { note(); return __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) { note(); return __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { note(); return __libc_memalign(alignment, size); }
int posix_memalign(void **result, size_t alignment, size_t size) {
  note();
  *result = __libc_memalign(alignment, size);
  return *result == NULL ? ENOMEM : 0;
}
#endif
