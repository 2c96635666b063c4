// malloc's heap, where a program starts quickly.
#define _GNU_SOURCE 1
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "CSystem.h"

enum { large_page = 2 << 20 };

void cs_use_large_page(void) {
  // malloc writes at the beginning of what it asks the system for, and a large page must be empty when
  // it is asked for. So the heap goes on a little before such a page, with a block nobody touches that
  // ends there: too big for what is left of the heap, too small for a mapping of its own (128 KB).
  const size_t block = 124 << 10, margin = 4 << 10;
  uintptr_t now = (uintptr_t)sbrk(0);
  size_t gap = -(now + block + margin) & (large_page - 1);
  if (sbrk((intptr_t)gap) == (void *)-1 || mallopt(M_TOP_PAD, large_page) == 0) return;
  uintptr_t first = (uintptr_t)malloc(block);
  if (first != now + gap + 2 * sizeof(size_t)) return;
  madvise((void *)(now + gap + block + margin), large_page, MADV_HUGEPAGE);
}
