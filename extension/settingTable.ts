import { defaultRedactPatterns } from '../server/api/redaction.ts';
import type { AutoConnect } from './connections/connectionChoices.ts';
import type { ReadOnlyPolicy } from './connections/readOnlyPolicy.ts';
import type { ConnectionSetting } from './connections/resolveConnection.ts';

/** What a setting may be, and what it is without a word of the user. The manifest says the same; a test compares them. */
export interface SettingTable {
  readonly connections: readonly ConnectionSetting[];
  readonly 'connection.autoConnect': AutoConnect;
  readonly 'connection.readOnly': ReadOnlyPolicy;
  readonly 'discovery.enabled': boolean;
  readonly 'workers.lostAfterMs': number;
  readonly 'refresh.intervalMs': number;
  readonly 'inspect.timeoutMs': number;
  readonly 'history.persist': boolean;
  readonly 'history.maxTasks': number;
  readonly 'history.retentionDays': number;
  readonly 'redact.patterns': readonly string[];
  readonly 'codeLens.figures': boolean;
  readonly 'codeLens.failures': boolean;
  readonly 'codeLens.uses': boolean;
  readonly 'codeLens.send': boolean;
  readonly 'check.rules': Readonly<Record<string, string>>;
  readonly 'debug.logFiles': readonly string[];
  readonly 'debug.codeLens': boolean;
  readonly 'debug.pathMappings': Readonly<Record<string, string>>;
  readonly 'debug.python': string;
  readonly 'debug.warnBeforeSeconds': number;
  readonly 'failures.ignoredExceptions': readonly string[];
  readonly 'notifications.enabled': boolean;
  readonly 'notifications.level': 'all' | 'bursts' | 'critical';
  readonly 'notifications.maxPerHour': number;
  readonly 'notifications.onlyTasks': readonly string[];
  readonly 'notifications.quietHours': string;
  readonly 'statusBar.enabled': boolean;
  readonly 'trace.server': 'off' | 'messages' | 'verbose';
}

export type SettingKey = keyof SettingTable;

export const settingDefaults: SettingTable = {
  connections: [],
  'connection.autoConnect': 'lastUsed',
  'connection.readOnly': 'production',
  'discovery.enabled': true,
  'workers.lostAfterMs': 20_000,
  'refresh.intervalMs': 5_000,
  'inspect.timeoutMs': 2_000,
  'history.persist': true,
  'history.maxTasks': 100_000,
  'history.retentionDays': 7,
  'redact.patterns': defaultRedactPatterns,
  'codeLens.figures': true,
  'codeLens.failures': true,
  'codeLens.uses': true,
  'codeLens.send': true,
  'check.rules': {},
  'debug.logFiles': [],
  'debug.codeLens': true,
  'debug.pathMappings': {},
  'debug.python': '',
  'debug.warnBeforeSeconds': 60,
  'failures.ignoredExceptions': [],
  'notifications.enabled': true,
  'notifications.level': 'all',
  'notifications.maxPerHour': 6,
  'notifications.onlyTasks': [],
  'notifications.quietHours': '',
  'statusBar.enabled': true,
  'trace.server': 'off',
};
