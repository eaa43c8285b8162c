import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../lab/freePort.ts';
import { until } from '../lab/until.ts';
import { CliProcess } from './cliProcess.ts';

const folder = mkdtempSync(join(tmpdir(), 'celeriac-defects-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Makes something go wrong in a process from within, as a defect would: a rejection at SIGUSR2, an exception at SIGWINCH. */
const hook = join(folder, 'defect.cjs');
writeFileSync(
  hook,
  `process.on('SIGUSR2', () => void Promise.reject(new Error('nobody awaits this')));
process.on('SIGWINCH', () => { throw new Error('nobody catches this'); });`,
);
const env = { NODE_OPTIONS: `--require=${hook}` };

it('serve goes on after a rejection that nobody awaits, shows it in its metrics, and ends after an exception', async () => {
  const port = await freePort();
  const nowhere = `redis://127.0.0.1:${await freePort()}`;
  const serve = new CliProcess(['serve', '--broker', nowhere, '--port', String(port)], { env });
  await serve.printed(/Serving/);
  serve.kill('SIGUSR2');
  await serve.said(/An operation failed unnoticed \(1 so far\).*nobody awaits this/);
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  assert.match(metrics, /^celeriac_unhandled_rejections_total 1$/m);
  serve.kill('SIGWINCH');
  const { code, stderr } = await serve.ended;
  assert.equal(code, 1);
  assert.match(stderr, /celeriac: This is a defect of celeriac itself; please report it\.\nError: nobody catches this/);
});

it('a command of one answer ends after a rejection that nobody awaits', async () => {
  const events = new CliProcess(['events', '--broker', `redis://127.0.0.1:${await freePort()}`], { env });
  await events.said(/./);
  events.kill('SIGUSR2');
  const { code, stderr } = await events.ended;
  assert.equal(code, 1);
  assert.match(stderr, /defect of celeriac itself[\s\S]*nobody awaits this/);
});

it('the backend of the extension goes on after a rejection, and ends with a code after an exception', async () => {
  const server = fileURLToPath(new URL('../../dist/server.js', import.meta.url));
  const backend = fork(server, ['--node-ipc'], {
    execArgv: ['--require', hook],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  backend.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const answers: unknown[] = [];
  backend.on('message', (message) => answers.push(message));
  const ask = (id: number): boolean =>
    backend.send({
      jsonrpc: '2.0',
      id,
      method: 'initialize',
      params: { processId: null, capabilities: {}, rootUri: null },
    });
  ask(1);
  await until('it answers', () => answers.length > 0 || null, 20_000);
  backend.kill('SIGUSR2');
  await until(
    'it tells of the rejection',
    () => /unnoticed \(1 so far\).*nobody awaits this/.test(said) || null,
    20_000,
  );
  const before = answers.length;
  ask(2);
  await until('it still answers', () => answers.length > before || null, 20_000);
  const ended = new Promise((resolve) => backend.once('exit', resolve));
  backend.kill('SIGWINCH');
  assert.equal(await ended, 1);
  assert.match(said, /nobody catches this/);
});
