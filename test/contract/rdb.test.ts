import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe } from 'node:test';
import { placeInLine } from '../../server/api/rdbPlace.ts';
import { freePort } from '../lab/freePort.ts';
import type { Lab, LabFilesystem, LabWorker } from '../lab/lab.ts';
import { until } from '../lab/until.ts';
import { DapClient } from './dapClient.ts';
import { labTest } from './labTest.ts';

const file = join(import.meta.dirname, '../lab/python/lab_app.py');
const source = readFileSync(file, 'utf8').split('\n');
const lineOf = (words: string): number => source.findIndex((line) => line.includes(words)) + 1;
const seeker = { exists: () => true, locate: async () => null };

describe('rdb as a debug session', () => {
  labTest('reads, steps and stops in a task of a real worker, which ends as if nobody had been there', async (lab) => {
    const { worker, wait } = await waitingTask(lab);
    const port = await wait();
    const client = new DapClient(seeker);
    await client.attach(port, { [file]: [{ line: lineOf('breakpoint: priced'), condition: 'number == 1' }] });

    const first = await client.stop();
    assert.deepEqual([first.reason, first.name, first.frame.source?.path], ['breakpoint', 'debugged', file]);
    assert.match(source[first.line - 1] ?? '', /set_trace|said by the task/);
    await readsValues(client, first.frame.id);

    await client.go('next');
    assert.match(client.printed, /said by the task: grüß/);
    const inside = await client.go('continue');
    assert.deepEqual([inside.reason, inside.name, inside.line], ['breakpoint', 'priced', lineOf('breakpoint: priced')]);
    assert.equal(await client.evaluate('number', inside.frame.id), '1');
    assert.equal((await client.stack())[1]?.name, 'debugged');
    const returned = await client.go('stepOut');
    assert.match(returned.name, /priced|debugged/);

    await client.breakpoints(file, [{ line: lineOf('breakpoint: raises') }]);
    assert.equal((await client.go('continue')).line, lineOf('breakpoint: raises'));
    const raised = await client.go('next');
    assert.deepEqual([raised.reason, raised.text.slice(0, 11)], ['exception', 'ValueError:']);
    const { description } = await client.request<{ description: string }>('exceptionInfo', { threadId: 1 });
    assert.match(description, /^ValueError: invalid literal/);

    await client.breakpoints(file, []);
    await client.request('continue', { threadId: 1 });
    await client.ended();
    await succeeds(worker, 1);
  });

  labTest(
    'whoever goes without a word leaves a task that succeeds, and a worker that can be debugged again',
    async (lab) => {
      const { worker, wait } = await waitingTask(lab);

      const closing = new DapClient(seeker);
      await closing.attach(await wait(), { [file]: [{ line: lineOf('breakpoint: loop') }] });
      await closing.stop();
      closing.dispose();
      await succeeds(worker, 1);

      for (const [index, how] of (['cut', 'reset'] as const).entries()) {
        const port = await wait();
        const proxy = await lab.proxy({ host: '127.0.0.1', port });
        const cut = new DapClient(seeker);
        await cut.attach(proxy.port, { [file]: [{ line: lineOf('breakpoint: loop') }] });
        await cut.stop();
        proxy[how]();
        await succeeds(worker, index + 2);
      }

      const killed = [
        join(import.meta.dirname, 'rdbEditor.ts'),
        String(await wait()),
        file,
        `${lineOf('breakpoint: loop')}`,
      ];
      const editor = spawn(process.execPath, killed, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(editor.stdout, 'data');
      editor.kill('SIGKILL');
      await succeeds(worker, 4);
      assert.doesNotMatch(worker.output(), /raised unexpected|Traceback/);
    },
  );
});

describe('rdb while the task runs', () => {
  labTest(
    'it is paused, gets breakpoints, and is left in the middle; the end of the task ends the session',
    async (lab) => {
      const { worker, wait } = await waitingTask(lab);
      const never = [{ line: lineOf('breakpoint: priced') }];
      const first = join(lab.folder, 'first');
      const second = join(lab.folder, 'second');

      const leaving = new DapClient(seeker);
      await leaving.attach(await wait('lab.rdb_hold', [first]), { [file]: never });
      await leaving.stop();
      await leaving.request('continue', { threadId: 1 });
      await leaving.request('pause', { threadId: 1 });
      assert.equal((await leaving.stop()).reason, 'pause');
      await leaving.request('continue', { threadId: 1 });
      await leaving.breakpoints(file, [{ line: lineOf('breakpoint: turn'), condition: 'turns > 0' }]);
      const turning = await leaving.stop();
      assert.deepEqual([turning.reason, turning.line], ['breakpoint', lineOf('breakpoint: turn')]);
      await leaving.breakpoints(file, never);
      await leaving.request('continue', { threadId: 1 });
      leaving.dispose();
      await leaving.ended();
      writeFileSync(first, '');
      await until('the first task succeeds', () => /lab\.rdb_hold\[.*succeeded in .*: 'held'/.test(worker.output()));

      const staying = new DapClient(seeker);
      await staying.attach(await wait('lab.rdb_hold', [second]), { [file]: never });
      await staying.stop();
      await staying.request('continue', { threadId: 1 });
      writeFileSync(second, '');
      await staying.ended();
      await until('the second task succeeds', () => worker.output().match(/succeeded in .*: 'held'/g)?.length === 2);
      assert.doesNotMatch(worker.output(), /raised unexpected|Traceback/);
    },
  );

  labTest('a reset that the worker itself receives at its prompt does not fail the task', async (lab) => {
    const { worker, wait } = await waitingTask(lab);
    const upstream = connect(await wait(), '127.0.0.1');
    const server = createServer((socket) => {
      socket.pipe(upstream, { end: false });
      upstream.pipe(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = new DapClient(seeker);
    const address = server.address();
    await client.attach(typeof address === 'object' && address ? address.port : 0);
    await client.stop();
    upstream.resetAndDestroy();
    await succeeds(worker, 1);
    client.dispose();
    server.close();
    await wait();
    assert.doesNotMatch(worker.output(), /raised unexpected|Traceback/);
  });

  labTest('a connection that breaks while it runs harms neither the task nor the next debugger', async (lab) => {
    const { worker, wait } = await waitingTask(lab);
    for (const [index, how] of (['cut', 'reset'] as const).entries()) {
      const path = join(lab.folder, how);
      const proxy = await lab.proxy({ host: '127.0.0.1', port: await wait('lab.rdb_hold', [path]) });
      const client = new DapClient(seeker);
      await client.attach(proxy.port, { [file]: [{ line: lineOf('breakpoint: priced') }] });
      await client.stop();
      await client.request('continue', { threadId: 1 });
      proxy[how]();
      writeFileSync(path, '');
      await until('the task succeeds', () => worker.output().match(/succeeded in .*: 'held'/g)?.length === index + 1);
    }
    assert.doesNotMatch(worker.output(), /raised unexpected|Traceback/);
  });
});

const readsValues = async (client: DapClient, frameId: number): Promise<void> => {
  const locals = await client.locals(frameId);
  assert.equal(locals.get('total')?.value, '0');
  const basket = locals.get('basket');
  assert.equal(basket?.value, '<Basket of Käthe 🥕,\n 5000 lines>');
  assert.match(locals.get('huge')?.value ?? '', /^'x{1999}… \(1000000 characters in all\)$/);
  const parts = await client.children(basket?.variablesReference ?? 0);
  assert.equal(parts.get('owner')?.value, "'Käthe 🥕'");
  const lines = parts.get('lines');
  assert.equal(lines?.indexedVariables, 5000);
  const page = await client.children(lines?.variablesReference ?? 0, { filter: 'indexed', start: 4_990, count: 10 });
  assert.equal(page.get('4999')?.value, '4999');
  assert.equal(page.get('4999')?.evaluateName, 'basket.lines[4999]');
  assert.equal(await client.evaluate('[n + count for n in basket.lines[:2]]', frameId), '[3, 4]');
  await assert.rejects(client.evaluate('nothing_of_that_name', frameId), /^Error: NameError/);
  await client.evaluate('print("(Pdb) ö"); count = 2; count = 3', frameId, 'repl');
  assert.equal(await client.evaluate('count', frameId), '3');
};

/** A worker, and a way to make its next task wait for a debugger: answers the port. */
const waitingTask = async (lab: Lab) => {
  const broker: LabFilesystem = await lab.filesystem();
  const base = await freePort();
  const env = { CELERY_RDB_PORT: String(base) };
  const worker = await lab.worker({ broker, env, queues: ['default'] });
  let waited = 0;
  const wait = async (task = 'lab.rdb', args: readonly string[] = []): Promise<number> => {
    await lab.send({ broker, task, args, queue: 'default' });
    waited += 1;
    return until('a task waits for a debugger', () => banners(worker)[waited - 1], 30_000);
  };
  return { worker, wait };
};

const banners = (worker: LabWorker): number[] =>
  worker
    .output()
    .split('\n')
    .flatMap((line) => placeInLine(line)?.place.port ?? []);

const succeeds = (worker: LabWorker, times: number) =>
  until('the task succeeds', () => {
    const results = worker.output().match(/lab\.rdb\[.*succeeded in .*: \[106, 'Käthe 🥕', 1000000\]/g) ?? [];
    return results.length === times;
  });
