import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { runReplay } from '../../../../server/faces/cli/commands/replay.ts';
import { runTask } from '../../../../server/faces/cli/commands/task.ts';
import { runTasks } from '../../../../server/faces/cli/commands/tasks.ts';
import type { RunCommand } from '../../../../server/faces/cli/context.ts';
import { parseArguments } from '../../../../server/faces/cli/parseArguments.ts';
import { aTerminal } from './aTerminal.ts';

const event = (type: string, timestamp: number, uuid: string, more: object = {}) =>
  JSON.stringify({ type, hostname: 'w@h', timestamp, clock: timestamp, pid: 1, utcoffset: 0, uuid, ...more });

const recorded = [
  event('task-received', 100, 'aaaa-1', { name: 'shop.pay', args: '(1,)' }),
  event('task-succeeded', 102, 'aaaa-1', { runtime: 1.5, result: "'paid'" }),
  event('task-received', 103, 'aabb-2', { name: 'shop.mail', retries: 1 }),
  event('task-failed', 104, 'aabb-2', { exception: "SMTPError('gone')", traceback: 'Traceback:\n  line' }),
  event('task-received', 105, 'cccc-3', { name: 'shop.pay' }),
].join('\n');

const commands: Readonly<Record<string, RunCommand>> = { tasks: runTasks, task: runTask, replay: runReplay };

const celeriac = (...argv: readonly string[]) => celeriacOn(recorded, ...argv);

const celeriacOn = async (recording: string, ...argv: readonly string[]) => {
  const invocation = parseArguments(argv);
  assert.equal(invocation.kind, 'run');
  const { command, args, options } = invocation as typeof invocation & { kind: 'run' };
  const { terminal, printed, said } = aTerminal();
  const code = await commands[command]?.({
    args,
    options,
    environment: {},
    terminal,
    interruption: new AbortController().signal,
    defects: { rejections: 0 },
    input: Readable.from([Buffer.from(recording)]),
  });
  await terminal.flush();
  return { code, out: printed(), err: said() };
};

test('lists what was heard of, last updated first, and says from how much', async () => {
  const { code, out, err } = await celeriac('tasks', '--from', '-');
  assert.equal(code, 0);
  const [header = '', ...rows] = out.trimEnd().split('\n');
  assert.match(header, /^UPDATED +STATE +NAME +WORKER +RUNTIME +RETRIES +ID +DETAIL$/);
  assert.deepEqual(
    rows.map((row) => row.split(/ {2,}/).slice(1, 3)),
    [
      ['RECEIVED', 'shop.pay'],
      ['FAILURE', 'shop.mail'],
      ['SUCCESS', 'shop.pay'],
    ],
  );
  assert.match(rows[1] ?? '', /1 +aabb-2 +SMTPError\('gone'\)$/);
  assert.match(rows[2] ?? '', /1\.5 s +aaaa-1 +→ 'paid'$/);
  assert.equal(err, 'Read standard input, 5 s of events: 3 tasks.\n');
});

test('filters, sorts and limits', async () => {
  const filtered = await celeriac('tasks', '--from', '-', '--name', 'shop.p*', '--sort', 'state', '--limit', '1');
  assert.match(filtered.out, /RECEIVED {2}shop\.pay/);
  assert.equal(filtered.out.trimEnd().split('\n').length, 2);
  assert.match(filtered.err, /the first 1 of 2 tasks; use --limit to see more\.$/m);
  const failed = await celeriac('tasks', '--from', '-', '--state', 'failure', '--search', 'smtp');
  assert.match(failed.out, /shop\.mail/);
  assert.match(failed.err, /1 of 3 tasks match\.$/m);
});

test('shows more than one page of the engine holds, and exactly as many as asked for', async () => {
  const many = Array.from({ length: 2_300 }, (_, i) => event('task-received', 100 + i, `id-${i}`, { name: 'n' }));
  const { out, err } = await celeriacOn(many.join('\n'), 'tasks', '--from', '-', '--limit', '2100');
  assert.equal(out.trimEnd().split('\n').length, 2_100 + 1);
  assert.equal(new Set(out.match(/id-\d+/g)).size, 2_100);
  assert.match(err, /the first 2,100 of 2,300 tasks/);
});

test('does not call a task failed that succeeded in the end', async () => {
  const retried = [
    event('task-received', 100, 'r-1', { name: 'n' }),
    event('task-retried', 101, 'r-1', { exception: "E('first try')", traceback: 'T' }),
    event('task-succeeded', 103, 'r-1', { result: "'fine'", runtime: 1 }),
  ].join('\n');
  const { out } = await celeriacOn(retried, 'tasks', '--from', '-');
  assert.match(out, /SUCCESS.*→ 'fine'$/m);
  const one = await celeriacOn(retried, 'task', 'r-1', '--from', '-');
  assert.match(one.out, /^earlier exception {2}E\('first try'\)$/m);
});

test('says whom it does not know, and whom may have been meant', async () => {
  const { code, out, err } = await celeriac('tasks', '--from', '-', '--worker', 'w@hh');
  assert.deepEqual([code, out], [0, '']);
  assert.match(err, /3 tasks, no match\. No events from a worker named "w@hh"\. Did you mean "w@h"\?$/m);
});

test('prints whole tasks by Celery’s names as JSON, in the order asked for', async () => {
  const { out } = await celeriac('tasks', '--from', '-', '--json', '--sort', 'name');
  const tasks = JSON.parse(out);
  assert.deepEqual(
    tasks.map((task: { uuid: string; name: string; exception: string | null }) => [task.name, task.exception]),
    [
      ['shop.mail', "SMTPError('gone')"],
      ['shop.pay', null],
      ['shop.pay', null],
    ],
  );
  assert.equal((await celeriac('tasks', '--from', '-', '--json', '--name', 'none')).out, '[]\n');
});

test('shows one task by its id or the beginning of it', async () => {
  const { code, out } = await celeriac('task', 'aab', '--from', '-');
  assert.equal(code, 0);
  assert.match(out, /^shop\.mail {2}aabb-2\nFAILURE · .*retry 1/);
  assert.match(out, /^exception {2}SMTPError\('gone'\)$/m);
  assert.match(out, /received\n.*failed +\+1 s\n/);
  assert.ok(out.endsWith('\nTraceback:\n  line\n'));
  const json = JSON.parse((await celeriac('task', 'aaaa-1', '--from', '-', '--json')).out);
  assert.equal(json.result, "'paid'");
});

test('asks for more of an id that fits several, and says when none fits', async () => {
  const several = await celeriac('task', 'aa', '--from', '-');
  assert.equal(several.code, 3);
  assert.match(several.err, /start with "aa".*aaaa-1.*Use a longer id prefix\./s);
  const none = await celeriac('task', 'zz', '--from', '-');
  assert.equal(none.code, 3);
  assert.match(none.err, /no event for task "zz"/);
  assert.equal(none.out, '');
});

test('counts states of the user’s own making, and tasks without a name', async () => {
  const odd = [event('task-started', 100, 'a'), event('task-progress', 101, 'b', { name: 'n' })].join('\n');
  assert.match((await celeriacOn(odd, 'replay', '-')).out, /^1 STARTED · 1 in other states$/m);
});

test('sums a recording up', async () => {
  const { code, out } = await celeriac('replay', '-');
  assert.equal(code, 0);
  assert.match(out, /^Read standard input, 5 s of events · 5 events · 3 tasks · 1 worker online$/m);
  assert.match(out, /^1 RECEIVED · 1 SUCCESS · 1 FAILURE$/m);
  const json = JSON.parse((await celeriac('replay', '-', '--json')).out);
  assert.deepEqual(Object.keys(json), ['workers', 'tasks', 'counters']);
});
