// Counts what is taken from the heap while counting is on, by all threads. glibc only.
#pragma once
void countAllocations(int on);
long allocationsCounted(void);
// In bytes.
long largestAllocation(void);
