import { type HealthRule, info, warning } from './rule.ts';

/** What is not wrong now, but set up so that it will be. */
export const adviceRules = {
  prefetchTooHigh: {
    watches: 'Messages that a worker with long tasks holds for each of its processes',
    unit: 'count',
    levels: [info(1, 60)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation:
      'Set worker_prefetch_multiplier to 1 (and task_acks_late): held messages wait behind a long task while others idle.',
  },
  capacity: {
    watches: 'Work that arrives (tasks a second × mean runtime), as a share of all processes',
    unit: 'share',
    levels: [info(0.8, 300), warning(1, 600)],
    endsBelow: 0.9,
    endsAfterSeconds: 60,
    needs: 'time',
    recommendation: 'Start more workers or grow their pools: above 100 % the queues grow without end.',
  },
  memoryOvercommit: {
    watches: 'worker_max_memory_per_child × processes, as a share of the memory of the host',
    unit: 'share',
    levels: [info(1)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
    recommendation: 'Fewer processes or a lower limit: otherwise the kernel ends the worker before the limit does.',
  },
  noResultBackend: {
    watches: 'Workers keep no results',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
    recommendation:
      'Set result_backend where anybody asks for results, or uses chords; otherwise set task_ignore_result.',
  },
  lateAcksUnlimited: {
    watches: 'Task types that are acknowledged late and have no time limit',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
    recommendation:
      'Set a time_limit: one that hangs holds its message, and on Redis it runs a second time after visibility_timeout.',
  },
  alwaysEager: {
    watches: 'Tasks run where they are called, not in a worker',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
    recommendation: 'Unset task_always_eager outside of tests.',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;
