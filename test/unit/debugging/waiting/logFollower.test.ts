import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { LogFollower } from '../../../../server/debugging/waiting/logFollower.ts';
import { withoutPipes } from '../../files/withoutPipes.ts';

test('a log that is a named pipe, a folder or a device keeps nobody waiting', withoutPipes, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-logs-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  for (const path of [join(folder, 'pipe'), folder, '/dev/zero']) {
    const follower = new LogFollower(path, () => assert.fail('Nothing was written.'));
    await follower.start();
    follower.dispose();
  }
  const log = join(folder, 'log');
  writeFileSync(log, 'before\n');
  const follower = new LogFollower(log, () => undefined);
  await follower.start();
  appendFileSync(log, 'after\n');
  follower.dispose();
});
