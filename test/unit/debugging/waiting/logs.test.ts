import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { RdbReader } from '../../../../server/api/rdbReader.ts';
import { filesLike, logFileInArguments } from '../../../../server/debugging/waiting/logFiles.ts';
import { LogFollower } from '../../../../server/debugging/waiting/logFollower.ts';
import { until } from '../../../lab/until.ts';

const banner = (port: number): string => `Remote Debugger:${port}: Ready to connect: telnet 127.0.0.1 ${port}\n`;

test('words are heard in whatever pieces they come, and through the colours of a terminal', () => {
  const reader = new RdbReader();
  const text = `[INFO] hello\r\n\u001b[33m[WARNING/ForkPoolWorker-1] ${banner(6900).replace('telnet', '\u001b[1mtelnet\u001b[0m')}Remote Debugger:6900: Now in session with x.\n`;
  const heard = [...text].flatMap((each) => reader.read(each));
  assert.deepEqual(heard, [
    { kind: 'waits', place: { host: '127.0.0.1', port: 6900 } },
    { kind: 'visited', port: 6900 },
  ]);
  assert.deepEqual(new RdbReader().read(banner(6900).trim()), [], 'a line is read when it is whole');
});

test('a line without an end is not kept whole', () => {
  const reader = new RdbReader();
  for (let i = 0; i < 100; i += 1) reader.read('x'.repeat(10_000));
  assert.equal(reader.read(`\n${banner(6900)}`).length, 1);
});

test('a log is followed from its end on, over truncation, and into the file that takes its place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-log-'));
  const file = join(folder, 'worker.log');
  const ports: number[] = [];
  writeFileSync(file, banner(6900));
  const follower = new LogFollower(file, (words) => words.kind === 'waits' && ports.push(words.place.port));
  const hears = (...expected: number[]) =>
    until(`it hears ${expected}`, () => ports.join() === expected.join(), 20_000);
  try {
    await follower.start();
    appendFileSync(file, 'something else\n');
    appendFileSync(file, banner(6901));
    await hears(6901);
    truncateSync(file);
    appendFileSync(file, banner(6902));
    await hears(6901, 6902);
    renameSync(file, `${file}.1`);
    writeFileSync(file, banner(6903));
    await hears(6901, 6902, 6903);
    appendFileSync(file, banner(6904));
    await hears(6901, 6902, 6903, 6904);
  } finally {
    follower.dispose();
    rmSync(folder, { recursive: true });
  }
});

test('the log file stands in the arguments of a worker', () => {
  assert.equal(logFileInArguments(['celery', 'worker', '--logfile=/var/log/a.log']), '/var/log/a.log');
  assert.equal(logFileInArguments(['celery', 'worker', '-f', 'a.log', '-l', 'INFO']), 'a.log');
  assert.equal(logFileInArguments(['celery', 'worker', '--logfile', '%n.log']), '%n.log');
  assert.equal(logFileInArguments(['celery', 'worker', '-l', 'INFO']), null);
});

test('a pattern names files, also as Celery writes the names of nodes and processes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-logs-'));
  try {
    mkdirSync(join(folder, 'a+b'));
    for (const name of ['one.log', 'one-1.log', 'two.txt', 'a+b/three.log']) writeFileSync(join(folder, name), '');
    const found = async (pattern: string) =>
      (await filesLike(join(folder, pattern))).map((file) => file.slice(folder.length + 1)).sort();
    assert.deepEqual(await found('%n%I.log'), ['one-1.log', 'one.log']);
    assert.deepEqual(await found('*/*.log'), ['a+b/three.log']);
    assert.deepEqual(await found('a+b/thr?e.log'), ['a+b/three.log']);
    assert.deepEqual(await filesLike('relative/*.log'), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
