import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkState } from '../../../server/api/model.ts';
import { HealthDesk } from '../../../server/cluster/healthDesk.ts';
import { QueueBook } from '../../../server/cluster/queueBook.ts';
import type { SurveyOperations } from '../../../server/cluster/surveyor.ts';
import type { History } from '../../../server/history/history.ts';
import { ClusterState } from '../../../server/state/clusterState.ts';
import { open, tempFolder } from '../history/somethingKept.ts';
import { plainWords } from '../plainWords.ts';

const start = 1_800_000_000;

/** A desk whose clock stands where the test puts it, in seconds from the start. */
const makeDesk = (history: History | null = null) => {
  let seconds = 0;
  let link: LinkState = { kind: 'live', since: start * 1_000, server: { product: 'R', version: null }, blocked: null };
  const state = new ClusterState({ maxTasks: 100, workerLostAfterMs: 2_000, startedAt: start * 1_000 });
  const now = (): number => (start + seconds) * 1_000;
  const healthRules = {
    noWorkers: { criticalAfterSeconds: 2 },
    workerSilent: { warning: 3, critical: 6 },
    orphanedTasks: { warningAfterSeconds: 0 },
  };
  const connection = {
    id: 'a',
    name: 'a',
    url: '',
    transportOptions: {},
    workerLostAfterMs: 2_000,
    maxTasks: 100,
    healthRules,
  };
  const desk = new HealthDesk({
    connection,
    brokerKind: 'redis',
    state,
    queues: new QueueBook(),
    history,
    link: () => link,
    now,
    changed: () => undefined,
    log: assert.fail,
    atOnce: false,
  });
  return {
    desk,
    to: (at: number): void => {
      seconds = at;
      state.tick(now());
      desk.tick();
    },
    link: (next: LinkState): void => {
      link = next;
    },
    hear: (type: string, more: object = {}): void => {
      const event = { type, hostname: 'w@a', timestamp: start + seconds, pid: 1, ...more };
      state.apply(event, now());
      desk.note(event, now());
    },
    rules: (): string[] => desk.alerts.map(({ rule, severity }) => `${rule} ${severity}`).sort(),
  };
};

test('a worker that dies and comes back: alerts with their beginning and their end in the history', async (t) => {
  const history = await open(tempFolder(t));
  const { desk, to, hear, rules } = makeDesk(history);
  hear('worker-heartbeat', { freq: 2, active: 0, processed: 0 });
  to(0);
  assert.equal(desk.verdict.level, 'healthy');
  hear('task-received', { uuid: 'x', name: 'lab.sleep' });
  hear('task-started', { uuid: 'x' });
  for (let second = 1; second <= 20; second++) to(second);
  assert.deepEqual(rules(), ['noWorkers critical', 'orphanedTasks warning', 'workerSilent critical']);
  assert.equal(desk.verdict.level, 'unhealthy');
  for (let second = 21; second <= 30; second++) {
    hear('worker-heartbeat', { freq: 2, active: 0, processed: 0, pid: 2 });
    to(second);
  }
  assert.deepEqual(rules(), ['orphanedTasks warning', 'workerRestarted info']);
  const entries = await history.alerts({});
  const ended = entries.map(({ rule, resolvedAt }) => `${rule} ${resolvedAt !== null}`).sort();
  assert.deepEqual(ended, ['noWorkers true', 'orphanedTasks false', 'workerSilent true']);
  await history.close();
});

test('while the link is down alerts stay as they are, and nothing can be said', () => {
  const { desk, to, hear, rules, link } = makeDesk();
  hear('worker-heartbeat', { freq: 2 });
  for (let second = 0; second <= 20; second++) to(second);
  const before = rules();
  assert.ok(before.includes('noWorkers critical'));
  link({ kind: 'lost', since: 0, retryAt: 1, attempt: 1, reason: { code: 'x', sentence: 'Gone.' } });
  for (let second = 21; second <= 40; second++) to(second);
  assert.deepEqual(rules(), before);
  assert.deepEqual(
    [desk.verdict.level, desk.verdict.reasons[0]?.sentence],
    ['unknown', 'No connection to the broker: Gone.'],
  );
});

test('the verdict changes together with the link, between two evaluations too', () => {
  const { desk, to, hear, link } = makeDesk();
  hear('worker-heartbeat', { freq: 2 });
  to(0);
  assert.equal(desk.takeChanges().verdict?.state, 'healthy');
  link({ kind: 'lost', since: 0, retryAt: 1, attempt: 1, reason: { code: 'x', sentence: 'Gone.' } });
  assert.equal(desk.takeChanges().verdict?.state, 'offline');
  link({ kind: 'connecting', attempt: 2, since: 0 });
  assert.equal(desk.verdict.state, 'offline');
});

test('mutes outlive the process, and an alert that comes again goes on in the history', async (t) => {
  const folder = tempFolder(t);
  const first = await open(folder);
  const one = makeDesk(first);
  one.hear('worker-heartbeat', { freq: 2 });
  for (let second = 0; second <= 20; second++) one.to(second);
  one.desk.mute('noWorkers:', (start + 10_000) * 1_000);
  await first.close();
  const second = await open(folder);
  const two = makeDesk(second);
  await two.desk.restore();
  two.hear('worker-heartbeat', { freq: 2 });
  for (let at = 0; at <= 20; at++) two.to(at);
  const alert = two.desk.alerts.find(({ rule }) => rule === 'noWorkers');
  assert.equal(alert?.mutedUntil, (start + 10_000) * 1_000);
  const entries = await second.alerts({});
  assert.equal(entries.filter(({ rule }) => rule === 'noWorkers').length, 1);
  await second.close();
});

test('a broker that holds us up cannot ask the workers, and is told all the same', async () => {
  const { desk, rules } = makeDesk();
  const operations: SurveyOperations = {
    overview: async () => ({ alarms: [plainWords('Short of memory.')], blockedConnections: 2, missing: null }),
    workerNames: async () => [],
    ask: async () => {
      throw new Error('held up');
    },
  };
  await assert.rejects(desk.survey(operations), /held up/);
  assert.deepEqual(rules(), ['blockedConnections critical', 'brokerAlarm critical']);
});

test('thresholds hold from when they are set', () => {
  const { desk, to, hear, rules } = makeDesk();
  hear('worker-heartbeat', { freq: 2 });
  for (let second = 0; second <= 20; second++) to(second);
  desk.setRules({ noWorkers: { enabled: false }, workerSilent: { enabled: false } });
  assert.deepEqual(rules(), []);
});
