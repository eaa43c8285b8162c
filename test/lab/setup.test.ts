import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages, findCommand, howToInstall } from '../../scripts/setup/debian.ts';
import { withLock } from '../../scripts/setup/lock.ts';
import { ensurePython, usualCelery } from '../../scripts/setup/python.ts';
import { execute } from './execute.ts';
import { labTest } from './labTest.ts';
import { pythonFor } from './python.ts';

const folder = mkdtempSync(join(tmpdir(), 'celeriac-setup-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const silent = () => {};
const setup = fileURLToPath(new URL('../../scripts/setup', import.meta.url));
const absentCommand = { command: 'celeriac-no-such-command', package: 'celeriac-no-such-package' };

labTest('a Python that is there is found at once, without asking anybody', async () => {
  await pythonFor(usualCelery);
  const said: string[] = [];
  const asked = performance.now();
  const env = await ensurePython(usualCelery, (sentence) => said.push(sentence));
  assert.ok(performance.now() - asked < 100);
  assert.deepEqual(said, []);
  assert.ok(existsSync(env.python));
  assert.deepEqual(env.celery, [env.python, '-m', 'celery']);
});

test('without PyPI, and without a stand-in, one sentence says what to do and nothing half-made is left', async () => {
  cpSync(setup, join(folder, 'scripts', 'setup'), { recursive: true });
  const code = `
    import { ensurePython, usualCelery } from ${JSON.stringify(join(folder, 'scripts', 'setup', 'python.ts'))};
    await ensurePython('5.4', () => {}).catch((error) => console.log(error.message));`;
  const env = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_FIND_LINKS: '', PIP_CONFIG_FILE: '/dev/null' };
  const { stdout, stderr } = await node(code, env);
  assert.match(stdout, /^No Celery 5\.4: pip could not install .*\. Make PyPI reachable, then try again\.\n$/, stderr);
  assert.deepEqual(existsSync(join(folder, '.tools', 'python', 'celery-5.4')), false);
});

test('one process at a time holds the lock, and a dead one holds it no longer', async () => {
  const lock = join(folder, 'a.lock');
  const order: string[] = [];
  const held = Promise.withResolvers<void>();
  const first = withLock(lock, async () => {
    order.push('first begins');
    await held.promise;
    order.push('first ends');
  });
  const second = withLock(lock, async () => order.push('second'));
  assert.equal(readFileSync(lock, 'utf8'), String(process.pid));
  held.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(order, ['first begins', 'first ends', 'second']);

  const { stdout: dead } = await node('console.log(process.pid)');
  writeFileSync(lock, dead.trim());
  assert.equal(await withLock(lock, async () => 'taken over'), 'taken over');
  assert.equal(existsSync(lock), false);
});

test('a lock is given back when the work fails', async () => {
  const lock = join(folder, 'b.lock');
  await assert.rejects(
    withLock(lock, async () => {
      throw new Error('the work failed');
    }),
    /the work failed/,
  );
  assert.equal(existsSync(lock), false);
});

test('commands that are there need no installing', async () => {
  assert.ok(await findCommand('sh'));
  assert.equal(await findCommand(absentCommand.command), undefined);
  assert.deepEqual(await ensureDebianPackages([{ command: 'sh', package: 'dash' }], silent), []);
});

test('who is not root is told what is missing, and how to get it', async () => {
  const code = `
    import { ensureDebianPackages, howToInstall } from ${JSON.stringify(join(setup, 'debian.ts'))};
    if (process.getuid() === 0) process.setuid(65534);
    const missing = await ensureDebianPackages([${JSON.stringify(absentCommand)}], () => {});
    console.log(JSON.stringify(missing));`;
  const { stdout, stderr } = await node(code);
  assert.match(
    stdout,
    /"command":"celeriac-no-such-command".*"reason":"(only root may install packages|this is not Debian)"/,
    stderr,
  );
  assert.equal(
    howToInstall([absentCommand]),
    'celeriac-no-such-command not found. Install with: sudo apt-get install celeriac-no-such-package',
  );
});

const node = (code: string, env: Readonly<Record<string, string>> = {}) =>
  execute(process.execPath, ['--input-type=module-typescript', '--eval', code], { env });
