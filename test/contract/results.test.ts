import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CeleriacError } from '../../server/api/errors.ts';
import { createResultReader } from '../../server/results/createResultReader.ts';
import type { ResultReader } from '../../server/results/resultReader.ts';
import { Lab, LabLacks, type LabRedis, until } from '../lab/lab.ts';
import { askOracle, assertSameAsCelery, idOf, type Oracle } from './resultsOracle.ts';

for (const celery of ['5.7', '5.6', '5.2'] as const) {
  describe(`results of Celery ${celery} in Redis`, { timeout: 120_000 }, () => {
    let lab: Lab;
    let redis: LabRedis;
    let reader: ResultReader;
    let oracle: Oracle;
    let lacks: string | null = null;
    const whole = (title: string, body: (t: { diagnostic(text: string): void }) => Promise<void>): void => {
      it(title, (t) => (lacks === null ? body(t) : t.skip(lacks)));
    };

    before(async () => {
      lab = await Lab.open();
      try {
        redis = await lab.redis();
        await lab.worker({ broker: redis, celery, pool: 'threads', concurrency: 6 });
        oracle = await askOracle(lab, { broker: redis, celery, args: ['worker', lab.folder] });
      } catch (error) {
        if (!(error instanceof LabLacks)) throw error;
        lacks = error.message;
      }
      reader = createResultReader({ url: redis.url });
    });
    after(async () => {
      await reader?.close();
      await lab?.close();
    });

    whole('are what Celery itself says they are', async () => {
      await assertSameAsCelery(reader, oracle);
      assert.equal((await reader.get(idOf(oracle, 'failure'))).result.kind, 'exception');
      assert.equal((await reader.get(idOf(oracle, 'types'))).result.kind, 'json');
    });

    whole('tell a task that is not there from one that is pending', async () => {
      assert.equal((await reader.get(idOf(oracle, 'unknown'))).found, false);
      // Celery 5.2 did not heed ignore_result where it was said of one call only.
      assert.equal((await reader.get(idOf(oracle, 'ignored'))).found, celery === '5.2');
      assert.equal((await reader.get(idOf(oracle, 'retry'))).found, true);
    });

    whole('name the process that runs a task', async () => {
      const { runningOn } = await reader.get(idOf(oracle, 'started'));
      assert.match(runningOn?.hostname ?? '', /@lab$/);
      assert.ok((runningOn?.pid ?? 0) > 1);
    });

    whole('are not unpickled, but their state is known', async () => {
      const { status, result } = await reader.get(idOf(oracle, 'pickled'));
      assert.equal(status, 'SUCCESS');
      assert.ok(result.kind === 'opaque' && /never unpickles/.test(result.sentence));
      assert.equal((await reader.wait(idOf(oracle, 'pickled'), { timeoutMs: 1_000 })).status, 'SUCCESS');
      assert.match((await reader.group('pickled-group'))?.sentence ?? '', /stored group cannot be read.*pickled/);
    });

    whole('are found under a prefix', async () => {
      // Celery knows the prefix since 5.3.
      const prefixed = createResultReader({
        url: redis.url,
        transportOptions: { global_keyprefix: celery === '5.2' ? '' : 'team' },
      });
      const { result } = await prefixed.get(idOf(oracle, 'prefixed'));
      await prefixed.close();
      assert.deepEqual(result, { kind: 'json', value: 5, exactText: null });
    });

    whole('tell how far a saved group is', async () => {
      const group = await reader.group(idOf(oracle, 'group'));
      assert.deepEqual(group?.taskIds, oracle.members['group']);
      assert.deepEqual([group?.finished, group?.total], [2, 3]);
      assert.deepEqual(group?.byStatus, { SUCCESS: 1, FAILURE: 1, STARTED: 1 });
      assert.equal(await reader.group(idOf(oracle, 'unknown')), null);
    });

    whole('tell how far a chord is, and of its body when it is through', async () => {
      const chord = await reader.chord(idOf(oracle, 'chord'));
      assert.deepEqual([chord?.finished, chord?.total, chord?.byStatus], [2, 3, { SUCCESS: 2 }]);
      const [first, , third] = oracle.members['chord'] ?? [];
      assert.deepEqual([...(chord?.taskIds ?? [])].sort(), [first, third].sort());
      const end = reader.wait(idOf(oracle, 'body'), { timeoutMs: 20_000 });
      writeFileSync(join(lab.folder, 'chord'), '');
      assert.equal((await end).status, 'SUCCESS');
      // The process that has sent the body forgets the chord key by key, while the body may have ended already.
      await until('the chord is forgotten', async () => (await reader.chord(idOf(oracle, 'chord'))) === null);
    });

    whole('are told by Redis within milliseconds of the end', async (t) => {
      const seen: string[] = [];
      const end = reader.wait(idOf(oracle, 'started'), {
        timeoutMs: 20_000,
        onUpdate: ({ status }) => {
          seen.push(status);
          writeFileSync(join(lab.folder, 'started'), '');
        },
      });
      const { status, dateDone } = await end;
      const lateMs = Date.now() - Date.parse(/Z|\+/.test(dateDone ?? '') ? (dateDone ?? '') : `${dateDone}Z`);
      t.diagnostic(`answered ${lateMs} ms after date_done`);
      assert.deepEqual([seen, status], [['STARTED'], 'SUCCESS']);
      // Without the subscription it would be the next look, five seconds later.
      assert.ok(lateMs < 1_500, `${lateMs} ms`);
    });

    whole('are waited for by many at once', async () => {
      const tasks = Array.from({ length: 50 }, (_, index) => index);
      const ids = await lab.send({ broker: redis, celery, task: 'lab.sleep', args: [0.05], count: tasks.length });
      const ends = await Promise.all(ids.map((id) => reader.wait(id, { timeoutMs: 20_000 })));
      assert.deepEqual(new Set(ends.map(({ status }) => status)), new Set(['SUCCESS']));
      assert.equal(await redis.cli(['pubsub', 'channels', '*celery-task-meta-*']), '');
    });

    whole('that do not come end the waiting with a sentence', async () => {
      await assert.rejects(reader.wait(idOf(oracle, 'retry'), { timeoutMs: 1_000 }), (error: unknown) => {
        assert.ok(error instanceof CeleriacError && error.code === 'timeout');
        assert.match(error.message, /After 1 s, task .* is still RETRY\./);
        return true;
      });
    });
  });
}
