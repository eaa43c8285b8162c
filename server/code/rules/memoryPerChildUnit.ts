import type { Rule } from '../rule.ts';
import { eachSetting } from '../settingRules.ts';

/** In KiB: 100 GB. */
const unlikely = 100 * 1024 * 1024;

export const memoryPerChildUnit: Rule = {
  id: 'memory-per-child-unit',
  severity: 'warning',
  title: 'worker_max_memory_per_child in bytes',
  why: 'The limit is in KiB: a value in bytes is about a thousand times too large, and processes are never replaced.',
  project: (index) =>
    eachSetting(index, ['worker_max_memory_per_child', 'CELERYD_MAX_MEMORY_PER_CHILD'], (value) =>
      typeof value === 'number' && value >= unlikely
        ? `This is ${Math.round(value / 1024 / 1024)} GiB: worker_max_memory_per_child is in KiB, not in bytes.`
        : null,
    ),
};
