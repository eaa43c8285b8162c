import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declaredSettings, readManifest } from './readManifest.ts';

/**
 * Who may decide a setting. `own`: only the person at this machine, in the user's settings (scope `machine`). `trusted`: also a
 * workspace, once it is trusted (listed in `restrictedConfigurations`). `any`: every workspace.
 */
interface Decision {
  readonly by: 'own' | 'trusted' | 'any';
  readonly why: string;
}

const own = (why: string): Decision => ({ by: 'own', why });
const trusted = (why: string): Decision => ({ by: 'trusted', why });
const any = (why: string): Decision => ({ by: 'any', why });

/** Each setting, and why; a new one has to be decided here. */
const decisions: Readonly<Record<string, Decision>> = {
  connections: own('a workspace would lead the window, and its passwords, to a broker of its choice'),
  'connection.autoConnect': own('a workspace would connect to production unasked'),
  'connection.readOnly': own('a workspace would lift the guard of production'),
  'discovery.enabled': trusted('it has files read, which happens in trusted workspaces only'),
  'workers.lostAfterMs': own('a workspace would hide that workers of your connections are lost'),
  'refresh.intervalMs': own('it is load on your brokers'),
  'inspect.timeoutMs': trusted('a project knows how slow its workers answer; it is bounded on both sides'),
  'history.persist': own('a workspace would write what you watch to the disk, or keep no record of it'),
  'history.maxTasks': own('a workspace would delete what is remembered'),
  'history.retentionDays': own('a workspace would delete your history'),
  'redact.patterns': own('a workspace would turn redaction off, and its patterns are compiled'),
  'codeLens.figures': trusted('it hides what belongs above code'),
  'codeLens.failures': trusted('it hides what a task has failed with'),
  'codeLens.uses': trusted('it hides what belongs above code'),
  'codeLens.send': trusted('it hides what belongs above code'),
  'check.rules': trusted('it hides problems of the code that is to be judged'),
  'debug.logFiles': trusted('it has files opened; a project knows where its logs are'),
  'debug.codeLens': any('it only shows or hides a line above code, and does that in trusted workspaces only'),
  'debug.pathMappings': trusted('it decides which files of this machine are opened'),
  'debug.python': trusted('it names a program that is run'),
  'debug.warnBeforeSeconds': own('a workspace would silence the warning before a task is killed'),
  'failures.ignoredExceptions': trusted('it hides failures, and its patterns are compiled; a project knows its noise'),
  'notifications.enabled': own('a workspace would silence your failures'),
  'notifications.level': own('a workspace would silence your failures'),
  'notifications.maxPerHour': own('a workspace would silence your failures, or flood you'),
  'notifications.onlyTasks': trusted('it hides failures of other tasks; a project knows its own'),
  'notifications.quietHours': own('a workspace would silence your failures'),
  'statusBar.enabled': trusted('it hides that something is wrong'),
  'trace.server': own('a workspace would have the log written full'),
};

/** Of all alerts alike. */
const alerts = trusted('thresholds hide what is wrong; a project knows what is usual for it');

const manifest = readManifest();
const properties: Readonly<Record<string, { readonly scope?: string }>> = declaredSettings();
const settings = Object.entries(properties).map(([key, { scope }]) => ({
  key,
  scope,
  name: key.replace(/^celeriac\./, ''),
}));
const decisionOf = (name: string): Decision | undefined => (name.startsWith('alerts.') ? alerts : decisions[name]);
const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;

describe('what a workspace may decide', () => {
  test('is decided for every setting, with a reason, and for none that is gone', () => {
    assert.deepEqual(
      settings.filter(({ name }) => !decisionOf(name)).map(({ name }) => name),
      [],
    );
    const names = new Set(settings.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(decisions).filter((name) => !names.has(name)),
      [],
    );
  });

  test('never is a setting of the person at this machine', () => {
    const owned = settings.filter(({ name }) => decisionOf(name)?.by === 'own');
    assert.ok(owned.length > 10);
    for (const { key, scope } of owned) assert.equal(scope, 'machine', key);
  });

  test('is nothing but the harmless before the workspace is trusted', () => {
    const byTrusted = settings.filter(({ name }) => decisionOf(name)?.by === 'trusted').map(({ key }) => key);
    assert.deepEqual([...restrictedConfigurations].sort(), byTrusted.sort());
  });

  test('is written down as a scope, also where that is the usual one', () => {
    for (const { key, name, scope } of settings)
      if (decisionOf(name)?.by !== 'own')
        assert.ok(['window', 'resource', 'machine-overridable'].includes(scope ?? ''), `${key}: ${scope}`);
  });
});
