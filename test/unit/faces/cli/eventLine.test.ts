import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventLines } from '../../../../server/faces/cli/eventLine.ts';
import { TaskNames } from '../../../../server/faces/cli/taskNames.ts';
import { displayWidth } from '../../../../server/text/displayWidth.ts';
import type { Paint } from '../../../../server/text/paint.ts';

const plain: Paint = (_style, text) => text;
const timestamp = new Date(2026, 10, 20, 14, 2, 10, 123).getTime() / 1000;
const uuid = '3f2a9c1e-0000-4000-8000-000000000000';
const base = { hostname: 'w1@lab', timestamp, utcoffset: 0, pid: 7, clock: 3 };

const line = (
  event: Readonly<Record<string, unknown>>,
  { name = null, width = 200 }: { name?: string | null; width?: number } = {},
): string => new EventLines().line({ ...base, ...event }, name, { width, paint: plain });

const task = (what: string, head = 'w1@lab        3f2a9c1e  orders.charge'): string =>
  `14:02:10.123  ${what.padEnd(16)}  ${head}`;

test('tells of each task event what is new in it', () => {
  const name = 'orders.charge';
  const told: readonly (readonly [Readonly<Record<string, unknown>>, string])[] = [
    [{ type: 'task-sent', queue: 'fast', args: '(1,)', kwargs: '{}' }, `${task('task-sent')}     → fast  (1,)`],
    [{ type: 'task-received', args: '(1,)', kwargs: "{'a': 2}" }, `${task('task-received')}     (1,)  {'a': 2}`],
    [{ type: 'task-received', args: '()', kwargs: '{}', retries: 2 }, `${task('task-received')}     retry 2`],
    [{ type: 'task-started' }, task('task-started')],
    [{ type: 'task-succeeded', runtime: 0.076, result: "'ok'" }, `${task('task-succeeded')}     76 ms  'ok'`],
    [{ type: 'task-failed', exception: "E('x')", traceback: 'long' }, `${task('task-failed')}     E('x')`],
    [{ type: 'task-revoked', terminated: true, signum: 9 }, `${task('task-revoked')}     terminated by signal 9`],
    [{ type: 'task-revoked', expired: true }, `${task('task-revoked')}     expired`],
    [{ type: 'task-rejected', requeue: true }, `${task('task-rejected')}     requeued`],
    [{ type: 'task-progress', done: 3, of: 7 }, `${task('task-progress')}     done=3 of=7`],
  ];
  for (const [event, text] of told) assert.equal(line({ uuid, ...event }, { name }), text);
});

test('says so when no event told the name', () => {
  assert.match(line({ type: 'task-started', uuid }), /3f2a9c1e {2}\(unknown name\)$/);
});

test('tells of workers what they tell of themselves', () => {
  assert.equal(
    line({ type: 'worker-heartbeat', active: 2, processed: 104, loadavg: [0.4, 0.5, 1] }),
    '14:02:10.123  worker-heartbeat  w1@lab          2 active  104 done  load 0.4 0.5 1',
  );
  assert.match(line({ type: 'worker-offline' }), /worker-offline {4}w1@lab$/);
});

test('fits the terminal whatever the event holds', () => {
  const long = { type: 'task-received', uuid, args: 'a'.repeat(500), hostname: 'h'.repeat(80) };
  for (const width of [40, 80, 120]) {
    const text = line(long, { width, name: 'n'.repeat(90) });
    assert.ok(displayWidth(text) <= Math.max(width, 76), `${width}: ${displayWidth(text)}`);
  }
});

test('survives fields of the wrong kind and writes out what could harm a terminal', () => {
  for (const type of ['task-sent', 'task-received', 'task-succeeded', 'task-failed', 'worker-heartbeat', 'odd']) {
    const text = line({ type, uuid: { a: 1 }, name: ['x'], args: 7, runtime: 'soon', loadavg: [{}], exception: null });
    assert.ok(text.includes(type));
  }
  const text = line({ type: 'task-failed', uuid, exception: 'a\nb\u001b]0;title\u0007' }, { name: '\u001b[31m' });
  assert.ok(
    [...text].every((sign) => sign >= ' '),
    JSON.stringify(text),
  );
});

test('remembers the names that earlier events told, until the task has ended', () => {
  const names = new TaskNames();
  assert.equal(names.of({ type: 'task-started', uuid: 'a' }), null);
  assert.equal(names.of({ type: 'task-received', uuid: 'a', name: 'shop.pay' }), 'shop.pay');
  assert.equal(names.of({ type: 'task-retried', uuid: 'a' }), 'shop.pay');
  assert.equal(names.of({ type: 'task-succeeded', uuid: 'a' }), 'shop.pay');
  assert.equal(names.of({ type: 'task-started', uuid: 'a' }), null);
  assert.equal(names.of({ type: 'worker-heartbeat' }), null);
});

test('lets go of the oldest names when tasks never end', () => {
  const names = new TaskNames();
  for (let i = 0; i < 200_001; i++) names.of({ type: 'task-received', uuid: `id-${i}`, name: 'n' });
  assert.equal(names.of({ type: 'task-started', uuid: 'id-0' }), null);
  assert.equal(names.of({ type: 'task-started', uuid: 'id-200000' }), 'n');
});
