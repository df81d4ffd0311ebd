// Counts what the calling thread takes from the heap while its counting is on. glibc only.
#pragma once
void countAllocations(int on);
long allocationsCounted(void);
