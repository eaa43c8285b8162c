import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ensurePython } from '../../scripts/setup/python.ts';
import { eventually } from './harness/eventually.ts';
import { descendantsOf, isRunning } from './harness/processes.ts';

const root = join(import.meta.dirname, '..', '..');

test('the demo ends with the process that has started it, even when that one is killed', async () => {
  const { python } = await ensurePython();
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-demo-'));
  const module = pathToFileURL(join(root, 'extension', 'demo', 'demoProcesses.ts')).href;
  const site = JSON.stringify({ python, code: join(root, 'demo'), folder });
  const script = `import { DemoProcesses } from '${module}'; new DemoProcesses(${site}, () => undefined);`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
  try {
    const started = await eventually(async () => {
      const all = (await descendantsOf(owner.pid ?? 0)).filter(({ command }) => command.includes('shop.tied'));
      // Both workers have forked: three processes are their pools.
      assert.ok(all.length >= 6 && existsSync(join(folder, 'control')), `${all.length} processes`);
      return all;
    }, 60_000);
    owner.kill('SIGKILL');
    await eventually(async () => {
      const left = await Promise.all(started.map(isRunning));
      assert.ok(!left.includes(true), `${left.filter(Boolean).length} of ${started.length} still run`);
    }, 30_000);
  } finally {
    owner.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

test('no worker of the demo finds a message that is still being written', async () => {
  const { python } = await ensurePython();
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-demo-'));
  const script = `
import os
from shop import celeryapp, orders, wholemessages
seen = []
def dumps(value, write=wholemessages.dumps):
    seen.append([name for name in os.listdir("${folder}/messages") if name.endswith(".msg")])
    return write(value)
wholemessages.dumps = dumps
orders.refund.delay("1", 2)
print(seen, len([name for name in os.listdir("${folder}/messages") if name.endswith(".default.msg") or name.endswith(".priority.msg")]))
`;
  try {
    const env = { ...process.env, PYTHONPATH: join(root, 'demo'), SHOP_DATA: folder };
    const said = execFileSync(python, ['-c', script], { env, encoding: 'utf8' });
    assert.match(said, /^\[\[\](, \[\])*\] 1$/m);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
