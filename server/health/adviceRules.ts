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
  },
  capacity: {
    watches: 'Work that arrives (tasks a second × mean runtime), as a share of all processes',
    unit: 'share',
    levels: [info(0.8, 300), warning(1, 600)],
    endsBelow: 0.9,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  memoryOvercommit: {
    watches: 'worker_max_memory_per_child × processes, as a share of the memory of the host',
    unit: 'share',
    levels: [info(1)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  noResultBackend: {
    watches: 'Workers keep no results',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  lateAcksUnlimited: {
    watches: 'Task types that are acknowledged late and have no time limit',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  timeoutsRequeued: {
    watches: 'Task types that run again, without end, when they exceed their time limit',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  alwaysEager: {
    watches: 'Tasks run where they are called, not in a worker',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;
