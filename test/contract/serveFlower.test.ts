import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { until } from '../lab/until.ts';
import { labTest } from './labTest.ts';
import { Served, samplesIn } from './served.ts';

/** What a dashboard can ask for; each process tells of itself besides, and Flower's library when a series began. */
const flowerSamples = (text: string): Map<string, number> =>
  new Map([...samplesIn(text)].filter(([name]) => name.startsWith('flower_') && !/^\w+_created\b/.test(name)));

const families = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => /^# (HELP|TYPE) flower_/.test(line) && !/_created /.test(line))
    .sort();

describe('celeriac serve --compat flower', () => {
  labTest('says what a running Flower says of the same events', async (lab) => {
    const broker = await lab.redis();
    const [flower, served] = await Promise.all([lab.flower(broker), Served.start(broker, ['--compat', 'flower'])]);
    await lab.worker({ broker, name: 'w', concurrency: 1, queues: ['default'] });
    const ask = async () => [await flower.metrics(), (await served.ask('/metrics')).text] as const;
    await until('both have heard of the worker', async () =>
      (await ask()).every((text) => samplesIn(text).get('flower_worker_online{worker="w@lab"}') === 1),
    );
    await lab.send({ broker, task: 'lab.echo', queue: 'default', count: 5 });
    await lab.send({ broker, task: 'lab.fail', queue: 'default', count: 2 });
    await lab.send({ broker, task: 'lab.retry', args: [2], queue: 'default' });
    await lab.send({ broker, task: 'lab.echo', queue: 'default', options: { countdown: 600 } });
    const long = await lab.send({ broker, task: 'lab.sleep', args: [600], queue: 'default' });
    const prefetched = await lab.send({ broker, task: 'lab.echo', queue: 'default', count: 4 });
    const started = 'flower_events_total{worker="w@lab",type="task-started",task="lab.sleep"}';
    await until('the long one runs, and its worker has said so', async () =>
      (await ask()).every(
        (text) =>
          samplesIn(text).size > 0 &&
          flowerSamples(normal(text)).get(started) === 1 &&
          flowerSamples(text).get('flower_worker_number_of_currently_executing_tasks{worker="w@lab"}') === 1,
      ),
    );
    // One that is revoked while it waits at the worker waits no longer; the worker looks at it when its turn has come.
    await lab.celery({ broker, args: ['control', 'revoke', ...prefetched.slice(0, 2)] });
    await lab.celery({ broker, args: ['control', 'terminate', 'SIGKILL', ...long] });
    const left = 'flower_worker_prefetched_tasks{worker="w@lab",task="lab.echo"}';
    await until('all that was not revoked has run', async () =>
      (await ask()).every((text) => flowerSamples(normal(text)).get(left) === 0),
    );
    const [theirs, ours] = await ask();
    assert.deepEqual(rounded(flowerSamples(normal(ours))), rounded(flowerSamples(normal(theirs))));
    assert.deepEqual(families(ours), families(theirs));
    assert.equal(await served.stop(), 0);
  });
});

/** Prometheus does not mind in which order labels stand. */
const normal = (text: string): string =>
  text.replaceAll(/\{(.*)\}/g, (_all, labels: string) => {
    const parts = labels.match(/\w+="(?:[^"\\]|\\.)*"/g) ?? [];
    return `{${[...parts].sort((a, b) => order(a) - order(b)).join(',')}}`;
  });

const order = (label: string): number => ['worker', 'type', 'task', 'le'].indexOf(label.split('=')[0] ?? '');

const rounded = (samples: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...samples].map(([name, value]) => [name, Math.round(value * 1e6) / 1e6] as const).sort());
