import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import type { MemoryThere } from './memoryBudget.ts';

/** Of the container where one limits us (cgroup v1 and v2, as Node reads them), else of the machine. */
export const memoryThere = (): MemoryThere => {
  const limit = process.constrainedMemory();
  const machine = totalmem();
  return {
    bytes: limit > 0 ? Math.min(limit, machine) : machine,
    heapBytes: getHeapStatistics().heap_size_limit,
  };
};
