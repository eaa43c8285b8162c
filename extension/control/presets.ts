import type { commandIds } from '../commands/ids.ts';

/** The commands that tell workers one certain thing, and what that is in Celery's own words. */
export const presets = {
  addConsumer: 'add_consumer',
  autoscalePool: 'autoscale',
  cancelConsumer: 'cancel_consumer',
  disableEvents: 'disable_events',
  enableEvents: 'enable_events',
  growPool: 'pool_grow',
  restartPool: 'pool_restart',
  setRateLimit: 'rate_limit',
  setTimeLimits: 'time_limit',
  shrinkPool: 'pool_shrink',
  shutDownWorkers: 'shutdown',
} as const satisfies Partial<Record<keyof typeof commandIds, string>>;

export type PresetCommand = keyof typeof presets;
