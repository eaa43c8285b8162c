import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { WorkerReply } from '../../../../server/api/control.ts';
import { findPictures } from '../../../../server/desk/findPictures.ts';
import { inspectHints } from '../../../../server/text/answers/inspectHints.ts';
import { MemorySamples, readSize } from '../../../../server/text/answers/memorySamples.ts';

const at = (second: number): number => new Date(2026, 10, 20, 12, 0, second).getTime();
const answered = (hostname: string, value: unknown): WorkerReply => ({ kind: 'answered', hostname, value });

test('reads sizes as Celery writes them for people', () => {
  assert.equal(readSize('52.5MB'), 52.5 * 1024 * 1024);
  assert.equal(readSize('1.0e+03KB'), 1024 * 1000);
  assert.equal(readSize('0b'), 0);
  assert.equal(readSize(''), null);
  assert.equal(readSize('plenty'), null);
});

test('shows how the memory of each worker goes, and by how much it has changed', () => {
  const samples = new MemorySamples();
  samples.note('shop', at(1), new Map([['a@h', '50MB']]));
  samples.note('other', at(2), new Map([['a@h', '1MB']]));
  samples.note(
    'shop',
    at(5),
    new Map([
      ['a@h', '52.5MB'],
      ['b@h', '70MB'],
    ]),
  );
  assert.deepEqual(samples.lines('shop', ['a@h', 'b@h']), [
    'WORKER  12:00:01  12:00:05    CHANGE',
    'a@h         50MB    52.5MB  +2.5 MiB',
    'b@h                   70MB',
  ]);
});

test('keeps the last samples only', () => {
  const samples = new MemorySamples();
  for (let second = 0; second < 40; second++) samples.note('shop', at(second), new Map([['a@h', `${second}MB`]]));
  const [header, row] = samples.lines('shop', ['a@h']);
  assert.match(header ?? '', /^WORKER( +12:00:\d\d){6} +CHANGE$/);
  assert.match(row ?? '', /34MB +35MB .* 39MB +\+11 MiB$/);
});

test('says what to install where a worker lacks it', async () => {
  const [sentence] = inspectHints('memsample', [answered('a@h', null), answered('b@h', '50MB')], []);
  assert.equal(sentence, 'a@h cannot report this without psutil. Run pip install psutil there and restart the worker.');
  assert.match(inspectHints('memdump', [answered('a@h', '- rss: (psutil not installed).\n')], [])[0] ?? '', /psutil/);
  assert.deepEqual(inspectHints('memsample', [answered('b@h', '50MB')], []), []);
  const refusal = { kind: 'refused', hostname: 'a@h', sentence: 'Requires the objgraph library', value: {} } as const;
  assert.match(inspectHints('objgraph', [refusal], [])[0] ?? '', /pip install objgraph/);
});

test('says on which machine a picture of objects is, and why it may be empty', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'cobjgabc.png');
  const replies = [answered('a@h', { filename: file })];
  const hint = async () => inspectHints('objgraph', replies, await findPictures(replies))[0] ?? '';
  assert.match(await hint(), /on the machine of that worker/);
  writeFileSync(file, '');
  assert.match(await hint(), /is empty: objgraph requires the program "dot" of Graphviz/);
  writeFileSync(file, 'png');
  assert.match(await hint(), /on this machine: .*cobjgabc\.png$/);
});
