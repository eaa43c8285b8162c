import { type HealthRule, info, warning } from './rule.ts';

/** What is not wrong now, but set up so that it will be. */
export const adviceRules = {
  prefetchTooHigh: {
    watches: 'Prefetched messages per process of a worker with long tasks',
    unit: 'count',
    levels: [info(1, 60)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  capacity: {
    watches: 'Incoming work (tasks per second × mean runtime), as a fraction of all processes',
    unit: 'share',
    levels: [info(0.8, 300), warning(1, 600)],
    endsBelow: 0.9,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  memoryOvercommit: {
    watches: 'worker_max_memory_per_child × processes, as a fraction of host memory',
    unit: 'share',
    levels: [info(1)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  noResultBackend: {
    watches: 'Workers without a result backend',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  lateAcksUnlimited: {
    watches: 'Task types with late acknowledgement and no time limit',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  timeoutsRequeued: {
    watches: 'Task types that are requeued endlessly when they exceed their time limit',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  alwaysEager: {
    watches: 'Workers with task_always_eager',
    unit: 'none',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;
