import type { Rule } from '../rule.ts';
import { lookAt, numberIn, settingOf } from '../ruleKit.ts';

const longSeconds = 1_800;

export const prefetchWithLongTasks: Rule = {
  id: 'prefetch-with-long-tasks',
  severity: 'info',
  title: 'Prefetching with long tasks',
  why: 'A worker prefetches several messages per process. Behind a long task they wait even if other workers are idle.',
  project: (index) => {
    const setting = settingOf(index, 'worker_prefetch_multiplier', 'CELERYD_PREFETCH_MULTIPLIER');
    const multiplier = setting ? numberIn(setting.value, lookAt(setting, index)) : null;
    if (multiplier === null || multiplier <= 1) return [];
    return index.tasks.flatMap((task) => {
      const file = index.file(task.file);
      const limit = task.options.get('time_limit') ?? task.options.get('soft_time_limit');
      const seconds = file && limit ? numberIn(limit, { file, above: [], index }) : null;
      if (!file || seconds === null || seconds < longSeconds) return [];
      const { nameStart, name } = task.definition;
      const message = `Up to ${multiplier - 1} prefetched messages wait behind each run of "${name}", which may take ${Math.round(seconds / 60)} min. Set worker_prefetch_multiplier to 1.`;
      return [{ file, at: { start: nameStart, end: nameStart + name.length }, message }];
    });
  },
};
