import * as vscode from 'vscode';
import type { Mutes } from './mutedUntil.ts';
import { defaultPolicy, type Policy, readQuietHours } from './policy.ts';

/** The settings, and what was muted by hand. */
export const readPolicy = (mutes: Mutes): Policy => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  const level = settings.get<string>('notifications.level', defaultPolicy.level);
  const ignored = settings.get<readonly string[]>('failures.ignoredExceptions', []);
  return {
    isEnabled: settings.get<boolean>('notifications.enabled', true),
    level: level === 'bursts' || level === 'critical' ? level : 'all',
    maxPerHour: settings.get<number>('notifications.maxPerHour', defaultPolicy.maxPerHour),
    quietHours: readQuietHours(settings.get<string>('notifications.quietHours', '')),
    onlyTasks: settings.get<readonly string[]>('notifications.onlyTasks', []),
    ignoredExceptions: ignored,
    mutedUntil: mutes.all,
    mutedConnections: mutes.connections,
  };
};
