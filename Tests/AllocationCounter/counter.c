#include "AllocationCounter.h"
#include <stdatomic.h>
#include <stddef.h>

static atomic_int counting;
static atomic_long count;
static atomic_long largest;

void countAllocations(int on) { atomic_store(&counting, on); if (on) { atomic_store(&count, 0); atomic_store(&largest, 0); } }
long allocationsCounted(void) { return atomic_load(&count); }
long largestAllocation(void) { return atomic_load(&largest); }

#ifdef __GLIBC__
// These take the place of the C library's own in the whole test program.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void note(size_t size) {
  if (!atomic_load_explicit(&counting, memory_order_relaxed)) return;
  atomic_fetch_add(&count, 1);
  long before = atomic_load(&largest);
  while ((long)size > before && !atomic_compare_exchange_weak(&largest, &before, (long)size)) {}
}

void *malloc(size_t size) { note(size); return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { note(number * size); return __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { note(size); return __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) { note(size); return __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { note(size); return __libc_memalign(alignment, size); }
int posix_memalign(void **result, size_t alignment, size_t size) {
  note(size);
  *result = __libc_memalign(alignment, size);
  return *result == NULL ? 12 : 0;
}
#endif
