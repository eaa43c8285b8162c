import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import type { CeleryVersion } from '../../scripts/setup/python.ts';
import { execute } from '../lab/execute.ts';
import { labTest } from '../lab/labTest.ts';
import { pythonFor } from '../lab/python.ts';

const script = join(import.meta.dirname, '../../extension/debug/launch/runTask.py');
const code = `from celery import Celery

app = Celery("jobs", broker="redis://127.0.0.1:1", include=["more"])


@app.task(name="jobs.add", bind=True)
def add(self, a, b=1):
    if a < 0:
        raise ValueError("negative")
    return [a + b, self.request.is_eager]
`;
const versions: readonly CeleryVersion[] = ['5.2', '5.7'];

describe('running one task in a process of its own', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'run-task-'));
    writeFileSync(join(folder, 'jobs.py'), code);
    writeFileSync(join(folder, 'more.py'), 'from jobs import app\n\n@app.task\ndef included():\n    return "here"\n');
    writeFileSync(join(folder, 'other.py'), 'from jobs import app\n\n@app.task\ndef hidden():\n    return "found"\n');
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = async (version: CeleryVersion, name: string, args: string, module: string | null = null) => {
    const { python } = await pythonFor(version);
    const order = `{"app":"jobs:app","name":"${name}","module":${JSON.stringify(module)},"args":${args},"kwargs":{}}`;
    const env = { CELERIAC_TASK: order };
    const { code: exit, stdout, stderr } = await execute(python, [script], { cwd: folder, env });
    return { exit, said: stdout + stderr };
  };

  for (const version of versions) {
    labTest(`says what came of it, and needs no broker (Celery ${version})`, async () => {
      const { exit, said } = await run(version, 'jobs.add', '[12345678901234567890]');
      assert.match(said, /jobs\.add\[\S+\] succeeded: \[12345678901234567891, True\]/);
      assert.equal(exit, 0);
    });

    labTest(`shows how it failed (Celery ${version})`, async () => {
      const { exit, said } = await run(version, 'jobs.add', '[-1]');
      assert.match(said, /ended as FAILURE: ValueError\('negative'\)\nTraceback[\s\S]*jobs\.py", line 9/);
      assert.equal(exit, 1);
    });
  }

  labTest('knows the tasks that a worker would, and imports the module of one that it would not', async () => {
    assert.match((await run('5.7', 'more.included', '[]')).said, /succeeded: 'here'/);
    assert.match((await run('5.7', 'other.hidden', '[]', 'other')).said, /succeeded: 'found'/);
    const unknown = await run('5.7', 'jobs.none', '[]');
    assert.match(unknown.said, /does not know the task jobs\.none\. It knows: jobs\.add, more\.included/);
    assert.equal(unknown.exit, 1);
  });
});
