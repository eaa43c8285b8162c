import { setting } from '../setting.ts';
import type { Mutes } from './mutedUntil.ts';
import { type Policy, readQuietHours } from './policy.ts';

/** The settings, and what was muted by hand. */
export const readPolicy = (mutes: Mutes): Policy => ({
  isEnabled: setting('notifications.enabled'),
  level: setting('notifications.level'),
  maxPerHour: setting('notifications.maxPerHour'),
  quietHours: readQuietHours(setting('notifications.quietHours')),
  onlyTasks: setting('notifications.onlyTasks'),
  ignoredExceptions: setting('failures.ignoredExceptions'),
  mutedUntil: mutes.all,
  mutedConnections: mutes.connections,
});
