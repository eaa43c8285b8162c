import { t } from '@vscode/l10n';
import type { CommandName } from '../commands/table.ts';

/** The commands that tell workers one certain thing: what that is in Celery's own words, and in ours. */
export const presets = {
  addConsumer: { method: 'add_consumer', title: () => t('Add Consumer') },
  autoscalePool: { method: 'autoscale', title: () => t('Autoscale Pool') },
  cancelConsumer: { method: 'cancel_consumer', title: () => t('Cancel Consumer') },
  disableEvents: { method: 'disable_events', title: () => t('Disable Events') },
  enableEvents: { method: 'enable_events', title: () => t('Enable Events') },
  growPool: { method: 'pool_grow', title: () => t('Grow Pool') },
  restartPool: { method: 'pool_restart', title: () => t('Restart Pool') },
  setRateLimit: { method: 'rate_limit', title: () => t('Set Rate Limit') },
  setTimeLimits: { method: 'time_limit', title: () => t('Set Time Limits') },
  shrinkPool: { method: 'pool_shrink', title: () => t('Shrink Pool') },
  shutDownWorkers: { method: 'shutdown', title: () => t('Shut Down Workers') },
} as const satisfies Partial<Record<CommandName, Preset>>;

export interface Preset {
  readonly method: string;
  readonly title: () => string;
}

export type PresetCommand = keyof typeof presets;

/** The preset that sends this command; undefined: none does. */
export const presetFor = (method: string): Preset | undefined =>
  Object.values(presets).find((preset) => preset.method === method);
