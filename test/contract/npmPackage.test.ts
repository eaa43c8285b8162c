import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageCli } from '../../scripts/setup/packageCli.ts';
import { execute } from '../lab/execute.ts';
import { Lab } from '../lab/lab.ts';

test('the packed command line runs from npm alone, without anything of this project beside it', async () => {
  const { file, bytes } = await packageCli();
  assert.ok(bytes < 1024 * 1024, `${bytes} bytes`);
  const lab = await Lab.open();
  try {
    const npm = ['install', '--offline', '--no-audit', '--no-fund', '--prefix', lab.folder, file];
    const installed = await execute('npm', npm, {
      cwd: lab.folder,
      env: { npm_config_cache: join(lab.folder, 'cache') },
    });
    assert.equal(installed.code, 0, installed.stderr);
    const command = join(lab.folder, 'node_modules', '.bin', 'celeriac');
    assert.ok(existsSync(command));
    const help = await execute(command, ['--help'], { cwd: lab.folder });
    assert.match(help.stdout, /celeriac/);
    assert.equal(help.code, 0);
    const broker = await lab.filesystem();
    const options = Object.entries(broker.transportOptions ?? {}).flatMap(([name, value]) => [
      '--transport-option',
      `${name}=${value}`,
    ]);
    const status = await execute(command, ['status', '--broker', broker.url, ...options], { cwd: lab.folder });
    assert.match(status.stderr + status.stdout, /No worker/);
  } finally {
    await lab.close();
  }
});
