import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskRun } from '../../../server/state/queries/taskRun.ts';
import { isSampled, type Span, taskSpans, traceIdOf } from '../../../server/telemetry/taskSpans.ts';

const root = '3f2a9c1e-8a38-4ad5-9a4e-2b7d6c1f0e33';
const child = '5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33';

const run = (parts: Partial<TaskRun> = {}): TaskRun => ({
  id: root,
  rootId: root,
  parentId: null,
  name: 'shop.pay',
  worker: 'w@one',
  client: 'gen1@web',
  queue: 'default',
  state: 'SUCCESS',
  retries: 0,
  sentSeconds: 100,
  receivedSeconds: 102,
  startedSeconds: 105,
  endedSeconds: 107.25,
  ...parts,
});

const attribute = (span: Span | undefined, key: string): unknown =>
  Object.values(span?.attributes.find((each) => each.key === key)?.value ?? {})[0];

test('a run is the child of its sending, and that of the run that sent it', () => {
  const [, first] = taskSpans(run(), null);
  const [sent, ran] = taskSpans(run({ id: child, parentId: root }), null);
  assert.equal(sent?.parentSpanId, first?.spanId);
  assert.equal(ran?.parentSpanId, sent?.spanId);
  assert.deepEqual([sent?.traceId, ran?.traceId], [root.replaceAll('-', ''), root.replaceAll('-', '')]);
  assert.deepEqual([sent?.kind, ran?.kind], [4, 5]);
});

test('a run lasts from its start to its end, and says how long it waited where', () => {
  const [, ran] = taskSpans(run(), null);
  assert.deepEqual([ran?.startTimeUnixNano, ran?.endTimeUnixNano], ['105000000000', '107250000000']);
  assert.deepEqual([attribute(ran, 'celery.wait.broker'), attribute(ran, 'celery.wait.worker')], [2, 3]);
  assert.deepEqual(ran?.status, { code: 1 });
});

test('without the event of its sending, a run hangs on the run that sent it', () => {
  const [ran, ...more] = taskSpans(run({ id: child, parentId: root, sentSeconds: Number.NaN }), null);
  assert.equal(more.length, 0);
  assert.equal(ran?.parentSpanId, taskSpans(run(), null)[1]?.spanId);
  assert.equal(attribute(ran, 'celery.wait.broker'), undefined);
});

test('each attempt is a span of its own, behind the one that failed before', () => {
  const [, first] = taskSpans(run({ state: 'RETRY' }), "Timeout('no')");
  const [second, ...more] = taskSpans(run({ retries: 1 }), null);
  assert.deepEqual(first?.status, { code: 2, message: "Timeout('no')" });
  assert.equal(more.length, 0);
  assert.equal(second?.parentSpanId, first?.spanId);
  assert.notEqual(second?.spanId, first?.spanId);
});

test('a task that never ran ends where it ended, and clocks that disagree make no span of less than nothing', () => {
  const [, revoked] = taskSpans(run({ state: 'REVOKED', startedSeconds: Number.NaN }), null);
  assert.deepEqual([revoked?.startTimeUnixNano, revoked?.status.code], ['102000000000', 0]);
  const [, odd] = taskSpans(run({ endedSeconds: 104 }), null);
  assert.equal(odd?.endTimeUnixNano, odd?.startTimeUnixNano);
});

test('ids that are no UUID still make one trace', () => {
  const traceId = traceIdOf({ id: 'x', rootId: 'nightly' });
  assert.match(traceId, /^[0-9a-f]{32}$/);
  assert.equal(traceIdOf({ id: 'y', rootId: 'nightly' }), traceId);
});

test('a trace is sampled whole or not at all', () => {
  assert.ok(isSampled('00000000ffffffffffffffffffffffff', 0.1));
  assert.ok(!isSampled('80000000ffffffffffffffffffffffff', 0.5));
  assert.ok(isSampled('ffffffffffffffffffffffffffffffff', 1));
  assert.ok(!isSampled('00000000000000000000000000000000', 0));
});
