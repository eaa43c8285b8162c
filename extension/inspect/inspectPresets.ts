import type { CommandName } from '../commands/table.ts';

/** What a row asks at once, without asking what to ask. */
export const inspectPresets = {
  inspectActive: 'active',
  inspectActiveQueues: 'active_queues',
  inspectConf: 'conf',
  inspectPing: 'ping',
  inspectRegistered: 'registered',
  inspectReport: 'report',
  inspectReserved: 'reserved',
  inspectRevoked: 'revoked',
  inspectScheduled: 'scheduled',
  inspectStats: 'stats',
} as const satisfies Partial<Record<CommandName, string>>;

export type InspectPreset = keyof typeof inspectPresets;
