import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { createResultReader } from '../../server/results/createResultReader.ts';
import type { ResultReader } from '../../server/results/resultReader.ts';
import type { Lab } from '../lab/lab.ts';
import { labTest } from './labTest.ts';
import { askOracle, assertSameAsCelery, idOf, inCeleryWords, type Oracle } from './resultsOracle.ts';

type Celery = '5.2' | '5.6' | '5.7';

const folderOf = (lab: Lab): string => {
  const folder = join(lab.folder, 'results');
  mkdirSync(folder);
  return `file://${folder}`;
};

/** Another process stores the result of `id` and says when; answers how late the reader was. */
const lateness = async (lab: Lab, reader: ResultReader, celery: Celery, resultBackend: string): Promise<number> => {
  const end = reader.wait('awaited', { timeoutMs: 30_000 }).then((result) => ({ result, at: Date.now() }));
  const { stdout, stderr } = await lab.python({
    broker: await lab.filesystem(),
    celery,
    resultBackend,
    code: "import time; from lab_app import app; app.backend.store_result('awaited', 1, 'SUCCESS'); print(time.time() * 1000)",
  });
  assert.match(stdout, /^\d+/, stderr);
  const { result, at } = await end;
  assert.equal(result.status, 'SUCCESS');
  return at - Number(stdout);
};

const assertSoon = (lateMs: number, t: TestContext): void => {
  t.diagnostic(`answered ${lateMs.toFixed(0)} ms after it was stored`);
  // Without notice from the file system it would be the next look, a second later.
  assert.ok(lateMs < 600, `${lateMs} ms`);
};

const assertGroup = async (reader: ResultReader, oracle: Oracle): Promise<void> => {
  const group = await reader.group('a-group');
  assert.deepEqual(group?.taskIds, oracle.members['group']);
  assert.deepEqual([group?.finished, group?.total, group?.byStatus], [1, 2, { SUCCESS: 1, STARTED: 1 }]);
  assert.match((await reader.group('pickled-group'))?.sentence ?? '', /pickled/);
  assert.equal(await reader.group('none'), null);
};

const assertPickled = async (reader: ResultReader, id: string): Promise<void> => {
  const { status, result } = await reader.get(id);
  assert.equal(status, 'SUCCESS');
  assert.ok(result.kind === 'opaque' && /never unpickles/.test(result.sentence));
};

for (const celery of ['5.7', '5.2'] as const) {
  describe(`results of Celery ${celery} in files`, { timeout: 120_000 }, () => {
    labTest('of a folder are what Celery itself says they are', async (lab, t) => {
      const resultBackend = folderOf(lab);
      const oracle = await askOracle(lab, { broker: await lab.filesystem(), celery, resultBackend, args: ['eager'] });
      const reader = createResultReader({ url: resultBackend });
      await assertSameAsCelery(reader, oracle);
      await assertPickled(reader, idOf(oracle, 'pickled'));
      await assertGroup(reader, oracle);
      assert.equal((await reader.get(idOf(oracle, 'unknown'))).found, false);
      const prefix = celery === '5.2' ? {} : { global_keyprefix: 'team' };
      const prefixed = createResultReader({ url: resultBackend, transportOptions: prefix });
      assert.equal((await prefixed.get(idOf(oracle, 'prefixed'))).status, 'SUCCESS');
      assertSoon(await lateness(lab, reader, celery, resultBackend), t);
      await reader.close();
    });
  });
}

/** Celery before 5.7 pickles every value there; what has columns of its own is plain. */
const withoutValue = (said: Readonly<Record<string, unknown>>) => ({ ...said, result: null });

for (const celery of ['5.7', '5.6', '5.2'] as const) {
  describe(`results of Celery ${celery} in an SQLite database`, { timeout: 120_000 }, () => {
    labTest('are what Celery itself says they are, as far as it does not pickle them', async (lab, t) => {
      const resultBackend = `db+sqlite:///${join(lab.folder, 'results.db')}`;
      const oracle = await askOracle(lab, { broker: await lab.filesystem(), celery, resultBackend, args: ['eager'] });
      const reader = createResultReader({ url: resultBackend });
      if (celery === '5.7') {
        await assertSameAsCelery(reader, oracle);
        await assertGroup(reader, oracle);
      } else {
        for (const [name, said] of Object.entries(oracle.said))
          assert.deepEqual(withoutValue(inCeleryWords(await reader.get(idOf(oracle, name)))), withoutValue(said), name);
        await assertPickled(reader, idOf(oracle, 'success'));
        assert.deepEqual((await reader.get(idOf(oracle, 'none'))).result, {
          kind: 'json',
          value: null,
          exactText: null,
        });
        assert.match((await reader.group('a-group'))?.sentence ?? '', /Celery before 5\.7.*never unpickles/);
      }
      await assertPickled(reader, idOf(oracle, 'pickled'));
      assert.equal((await reader.get(idOf(oracle, 'unknown'))).found, false);
      assertSoon(await lateness(lab, reader, celery, resultBackend), t);
      await reader.close();
    });
  });
}
