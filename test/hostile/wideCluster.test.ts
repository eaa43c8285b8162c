import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CpuStalls } from './cpuStalls.ts';
import { wideCluster } from './wideCluster.ts';

const longestMs = 50;
/** Other programs share the caches, and garbage is collected at any time: the least of several counts. */
const tries = 6;

const params = (more: object): string => encodeURIComponent(JSON.stringify({ clusterId: 'w', ...more }));
const from = Date.now() - 600_000;

const paths: readonly string[] = [
  '/livez',
  '/metrics',
  ...['performance', 'health', 'alerts', 'workers', 'queues', 'failures', 'tasks', 'errors', 'counters', 'gaps'].map(
    (name) => `/api/v1/${name}`,
  ),
  '/api/v1/performance?limit=5000',
  '/api/v1/queues?limit=5000&offset=10000',
  '/api/v1/workers/celery@host-7',
  '/api/v1/tasks?search=xyz',
  ...['name', 'args', 'worker', 'runtime'].map((column) => `/api/v1/tasks?sort=${column}`),
  '/api/celery/health/',
  `/page/ask/snapshot?params=${params({})}`,
  `/page/ask/stats?params=${params({ kind: 'type' })}`,
  `/page/ask/stats?params=${params({ kind: 'worker' })}`,
  `/page/ask/names?params=${params({ kind: 'queue' })}`,
  `/page/ask/dashboard?params=${params({ from, filter: null })}`,
  `/page/ask/dashboard?params=${params({ from, filter: { type: ['tasks.*'] } })}`,
  `/page/ask/taskWindow?params=${params({ query: { sort: { column: 'args', descending: false } }, offset: 500, limit: 50, order: null })}`,
];

/** Asks from a thread of its own, so that reading the answers does not count. */
const program = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', async (url) => {
    const response = await fetch(url);
    parentPort.postMessage({ status: response.status, text: await response.text() });
  });
`;

describe('a cluster of 100,000 task names, 20,000 queues and 5,000 workers', () => {
  let wide: Awaited<ReturnType<typeof wideCluster>>;
  let stalls: CpuStalls;
  const client = new Worker(program, { eval: true });
  const ask = (path: string): Promise<{ readonly status: number; readonly text: string }> =>
    new Promise((resolve) => {
      client.once('message', resolve);
      client.postMessage(wide.address + path);
    });
  const settled = async (): Promise<void> => {
    while (wide.cluster.backlog > 0) await wait(5);
  };

  before(async () => {
    wide = await wideCluster({ names: 100_000, queues: 20_000, workers: 5_000 });
    const events = [...wide.heartbeats(), ...wide.runs()];
    stalls = new CpuStalls();
    for (const event of events) await wide.deliver(event);
    await settled();
    while (wide.cluster.allQueues.size < 20_000) await wait(20);
  });
  after(async () => {
    stalls.end();
    await client.terminate();
    await wide.close();
  });

  /** The least of several tries of the longest turn each. */
  const longestTurn = async (work: () => Promise<unknown>): Promise<number> => {
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < tries && least > longestMs; run++) {
      stalls.take();
      await work();
      least = Math.min(least, stalls.take());
    }
    return least;
  };

  it('does not block the loop with events, nor with judging its health', async () => {
    const beats = wide.heartbeats();
    const longest = await longestTurn(async () => {
      wide.clock.now += 5_000;
      for (const beat of beats) await wide.deliver(beat);
      await settled();
      await wait(1_500);
    });
    assert.ok(longest <= longestMs, `${longest.toFixed(0)} ms`);
  });

  for (const path of paths)
    it(`does not block the loop with ${decodeURIComponent(path)}`, async () => {
      const longest = await longestTurn(async () => {
        const { status, text } = await ask(path);
        assert.ok(status === 200 || status === 503, `${status} ${text.slice(0, 200)}`);
      });
      assert.ok(longest <= longestMs, `${longest.toFixed(0)} ms`);
    });

  it('answers with a part of each list, and says how long the whole is', async () => {
    const read = async (path: string) => JSON.parse((await ask(path)).text);
    const { queues, total } = await read('/api/v1/queues');
    assert.deepEqual([queues.length, total], [1_000, 20_000]);
    const next = await read('/api/v1/queues?offset=19990&limit=5000');
    assert.equal(next.queues.length, 10);
    assert.ok(next.queues[0].name > queues.at(-1).name);
    const { workers, total: known } = await read('/api/v1/workers');
    assert.deepEqual([workers.length, known], [1_000, 5_000]);
    const { tasks, total: names } = await read('/api/v1/performance?limit=2');
    assert.deepEqual([tasks.length, names], [2, 5_001]);
  });

  it('says in its metrics what has no series of its own', async () => {
    const { text } = await ask('/metrics');
    assert.match(text, /^celeriac_subjects_omitted\{kind="queue"\} 15000$/m);
    assert.match(text, /^celeriac_series_overflow_total\{metric="celery_task_runs_total"\} [1-9]/m);
    assert.ok(text.length < 10_000_000, `${text.length} characters`);
  });
});
