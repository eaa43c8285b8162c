import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { WorkspaceThread } from '../../server/faces/lsp/workspaceThread.ts';
import { handle } from '../../server/requests/handle.ts';
import { CpuStalls } from './cpuStalls.ts';

const workerFile = join(import.meta.dirname, '../../server/faces/lsp/workspaceWorker.ts');
const kilobyte = 1_024;
const longestMs = 50;

/** Each of them costs its reader as much as it ever may, or breaks it. */
const files: Readonly<Record<string, string>> = {
  'slow.py': `import celery\n${'$A'.repeat(250 * kilobyte)}`,
  'deep.py': `broker_url = ${'('.repeat(100_000)}`,
  'many.py': 'broker_url = "redis://a"\n'.repeat(8_000),
  'docker-compose.yml': `services: [${'[a],'.repeat(25_000)}`,
  'compose.merges.yml': 'services: &a\n  <<: *a\n',
  'pyproject.toml': '[tool.celeriac.check]\n'.repeat(5_000),
  '.env': 'BROKER_URL=redis://a\n'.repeat(6_000),
  Procfile: `w: ${'celery worker '.repeat(9_000)}`,
  'k8s.yaml': `command: ${'celery beatx '.repeat(9_000)}`,
};

describe('a workspace that nobody would write', () => {
  const root = mkdtempSync(join(tmpdir(), 'celeriac-workspace-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  const area = new WorkspaceThread({ workerFile }).area();
  const stalls = new CpuStalls();
  after(() => {
    stalls.end();
    rmSync(root, { recursive: true, force: true });
  });

  it('is read without holding up the loop of the engine', async () => {
    await handle(area, 'celeryApps', { folders: [] });
    stalls.take();
    const asked = { folders: [root], unsaved: [], revision: 1 };
    const [{ brokers, leftOut }] = await Promise.all([
      handle(area, 'discoverBrokers', { folders: [root] }),
      handle(area, 'codeProblems', { ...asked, rules: {} }),
      handle(area, 'celeryApps', { folders: [root] }),
      handle(area, 'taskDefinitions', { folders: [root], taskName: 'shop.A' }),
    ]);
    const longest = stalls.take();
    assert.ok(longest <= longestMs, `${longest.toFixed(0)} ms`);
    assert.ok(brokers.some(({ url }) => url === 'redis://a'));
    assert.match(leftOut.join(' '), /compose\.yml was not read: it holds more than 16,000 YAML tokens/);
  });

  it('is asked about in the form of the contract only', async () => {
    await assert.rejects(handle(area, 'discoverBrokers', { folders: 7 }), { code: 'badRequest' });
  });

  it('ends no more than its thread, and the next question starts another', async () => {
    const breaking = new WorkspaceThread({ workerFile: join(root, 'missing.js') }).area();
    await assert.rejects(handle(breaking, 'celeryApps', { folders: [] }), /thread that reads the workspace ended/);
    await assert.rejects(handle(breaking, 'celeryApps', { folders: [] }), /thread that reads the workspace ended/);
    const brief = new WorkspaceThread({ workerFile, idleMs: 1 }).area();
    for (let time = 0; time < 2; time++) {
      assert.deepEqual(await handle(brief, 'celeryApps', { folders: [] }), []);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });
});
