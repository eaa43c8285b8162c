import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { CommandContext } from '../../../../server/faces/cli/context.ts';
import { readLines } from '../../../../server/faces/cli/readLines.ts';
import { readRecording, recordingSentence } from '../../../../server/faces/cli/recording.ts';
import { snapshotJson } from '../../../../server/faces/cli/snapshotJson.ts';
import { aTerminal } from './aTerminal.ts';

const lines = async (...chunks: readonly (string | Buffer)[]): Promise<(string | null)[]> => {
  const read: (string | null)[] = [];
  for await (const line of readLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))) read.push(line);
  return read;
};

test('puts lines together wherever the chunks were cut', async () => {
  const text = 'eins\nzwei ä\n\ndrei';
  const whole = ['eins', 'zwei ä', '', 'drei'];
  assert.deepEqual(await lines(text), whole);
  const bytes = Buffer.from(text);
  for (let cut = 1; cut < bytes.length; cut++) {
    assert.deepEqual(await lines(bytes.subarray(0, cut), bytes.subarray(cut)), whole, `cut at ${cut}`);
  }
  assert.deepEqual(await lines(...[...bytes].map((byte) => Buffer.of(byte))), whole);
  assert.deepEqual(await lines(''), []);
});

test('skips a line that would fill the memory and goes on behind it', async () => {
  const mebibyte = Buffer.alloc(1024 * 1024, 'x');
  const endless = Array.from({ length: 70 }, () => mebibyte);
  assert.deepEqual(await lines('before\n', ...endless, '\nafter\n'), ['before', null, 'after']);
});

const context = (text: string, options: CommandContext['options'] = {}) => {
  const { terminal, said } = aTerminal();
  const input = Readable.from([Buffer.from(text)]);
  return {
    said,
    context: {
      args: [],
      options,
      environment: {},
      terminal,
      interruption: new AbortController().signal,
      input,
      defects: { rejections: 0 },
    },
  };
};

const event = (type: string, timestamp: number, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ type, hostname: 'w@h', timestamp, clock: timestamp, pid: 1, utcoffset: 0, uuid: 'id-1', ...more });

test('leads recorded events to the state they tell of', async () => {
  const text = [
    event('task-received', 100, { name: 'shop.pay', local_received: 100.5 }),
    event('task-started', 101, { local_received: 101.5 }),
    event('task-succeeded', 103, { runtime: 2, result: "'ok'", local_received: 103.5 }),
  ].join('\n');
  const recording = await readRecording(context(text).context, '-');
  assert.equal(recording.events, 3);
  assert.deepEqual([recording.from, recording.to], [100_500, 103_500]);
  const { tasks, workers, counters } = recording.state.celerySnapshot();
  assert.equal(tasks['id-1']?.state, 'SUCCESS');
  assert.equal(tasks['id-1']?.['name'], 'shop.pay');
  assert.equal(workers['w@h']?.status, 'online');
  assert.deepEqual(counters, { events: 3, invalid: 0, lost: 0, evicted: 0 });
  assert.equal(recordingSentence('-', recording), 'Read standard input, 3 s of events');
});

test('takes the event’s own time where none was recorded', async () => {
  const recording = await readRecording(context(event('task-received', 100)).context, '-');
  assert.equal(recording.from, 100_000);
});

test('counts lines that are no events, names the first of them and goes on', async () => {
  const text = [
    '\ufeff{"type": "task-received", "hostname": "w@h", "timestamp": 1, "uuid": "a"}',
    '{"type": "task-',
    '',
    '[1, 2]',
    '{"type": 3}',
    'null',
    '{"type": "task-started", "hostname": "w@h", "timestamp": NaN, "uuid": "a"}',
    '{"type": "task-started", "hostname": "w@h", "timestamp": 2, "uuid": "a"}\r',
  ].join('\n');
  const { context: given, said } = context(text);
  const { state, events } = await readRecording(given, '-');
  assert.equal(events, 2);
  assert.equal(state.celerySnapshot().counters.invalid, 5);
  assert.equal(state.celerySnapshot().tasks['a']?.state, 'STARTED');
  assert.equal(
    said(),
    '5 of 8 lines were not events and were skipped (line 2: not JSON; line 4: not an object; line 5: event without a type; …).\n',
  );
});

test('lets workers fall silent by the clock of the recording', async () => {
  const beats = (hostname: string, from: number, to: number) =>
    Array.from({ length: (to - from) / 2 }, (_, i) =>
      event('worker-heartbeat', from + 2 * i, { hostname, freq: 2, local_received: from + 2 * i }),
    );
  const text = [...beats('gone@h', 100, 110), ...beats('here@h', 100, 160)]
    .toSorted((a, b) => Number(JSON.parse(a).timestamp) - Number(JSON.parse(b).timestamp))
    .join('\n');
  const { state } = await readRecording(context(text).context, '-');
  assert.equal(state.workers.get('gone@h')?.status, 'lost');
  assert.equal(state.workers.get('here@h')?.status, 'online');
});

test('refuses a file that is not there with a sentence', async () => {
  await assert.rejects(readRecording(context('').context, '/nowhere/at/all.jsonl'), {
    code: 'notFound',
    message: 'The file /nowhere/at/all.jsonl cannot be read: file not found.',
  });
});

test('writes a snapshot that is one JSON document, a line for each worker and task', async () => {
  const many = Array.from({ length: 3_000 }, (_, i) =>
    event('task-received', 100 + i, { uuid: `id-${i}`, name: 'n', args: 'x'.repeat(200) }),
  );
  const { state } = await readRecording(context(many.join('\n')).context, '-');
  const snapshot = state.celerySnapshot();
  const pieces = [...snapshotJson(snapshot, JSON.stringify)];
  assert.deepEqual(JSON.parse(pieces.join('')), JSON.parse(JSON.stringify(snapshot)));
  assert.equal(pieces.join('').split('\n').length, 3_000 + 1 + 4);
  assert.ok(Math.max(...pieces.map((piece) => piece.length)) < 600_000);
  const empty = { workers: {}, tasks: {}, counters: snapshot.counters };
  assert.deepEqual(JSON.parse([...snapshotJson(empty, JSON.stringify)].join('')), empty);
});
