import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { openWorkbench } from '../workbench/harness/openWorkbench.ts';
import { packagedExtension } from '../workbench/harness/packagedExtension.ts';
import { backendsOf } from '../workbench/harness/processes.ts';
import { startVsCode, type VsCode } from '../workbench/harness/vscode.ts';
import type { Workbench } from '../workbench/harness/workbench.ts';
import type { BenchContext } from './context.ts';
import { benchOpening } from './opening.ts';
import { usageOf } from './procfs.ts';
import { heartbeat, type Publisher } from './publisher.ts';
import { TaskStream } from './taskStream.ts';

const eventsPerSecond = 5_000;
const cpuTarget = 0.1;
const messagesTarget = 10;
const sliceMs = 100;
const heartbeatEverySlices = 20;
const settleMs = 8_000;

interface Load {
  readonly name: string;
  readonly workers: number;
  readonly queues: number;
  readonly prepare: (window: Workbench) => Promise<void>;
}

const loads: readonly Load[] = [
  { name: 'the Clusters view open', workers: 8, queues: 0, prepare: async () => undefined },
  { name: 'the Tasks view open too', workers: 8, queues: 0, prepare: (window) => window.expandView('Tasks') },
  {
    name: '1,000 workers and 10,000 queues, of which 400 hold messages',
    workers: 1_000,
    queues: 10_000,
    prepare: async (window) => {
      // What is out of sight is not drawn, and has no row to open.
      for (const view of ['Tasks', 'Failures', 'Alerts']) await window.collapseView(view);
      await window.expand('Clusters', 'Queues');
    },
  },
];

/** What a flood of events costs where it must not be felt: in the extension host of a real window. */
export const benchExtension = async (context: BenchContext): Promise<void> => {
  await benchOpening(context);
  const stage = await context.redis();
  const place = await stage.place();
  const vscode = await startVsCode({
    vsix: await packagedExtension(),
    settings: { 'celeriac.connections': [{ name: 'flood', url: place.url }] },
  });
  const publisher = await place.publisher();
  try {
    const window = await openWorkbench(vscode, { bridge: true });
    await window.openSidebar('Celery');
    while (!(await publisher.hasListener())) await wait(200);
    const stream = new TaskStream(3);
    for (const load of loads) await measure(context, { load, window, vscode, publisher, stream, url: place.url });
    await window.close();
  } finally {
    await publisher.close();
    await vscode.stop();
  }
};

interface Scene {
  readonly load: Load;
  readonly window: Workbench;
  readonly vscode: VsCode;
  readonly publisher: Publisher;
  readonly stream: TaskStream;
  readonly url: string;
}

const measure = async (context: BenchContext, scene: Scene): Promise<void> => {
  const { load, window } = scene;
  context.say(`extension: ${load.name}`);
  await makeQueues(scene.url, load.queues);
  const flood = new AbortController();
  const flooding = publish(scene, flood.signal);
  try {
    await wait(settleMs);
    await load.prepare(window);
    const figures = await watch(scene, context.quick ? 10 : 45);
    await window.screenshot(`bench-extension-${loads.indexOf(load)}`);
    flood.abort();
    tell(context, load, await flooding, figures);
  } finally {
    flood.abort();
  }
};

/** What the two processes do meanwhile. */
const watch = async ({ window, vscode }: Scene, seconds: number) => {
  await wait(settleMs / 4);
  const [backend = 0] = await backendsOf(vscode);
  const host = parentOf(backend);
  await countMessages(window, backend);
  const before = { host: usageOf(host), backend: usageOf(backend), at: performance.now() };
  await wait(seconds * 1_000);
  const messages = await countMessages(window, backend);
  const took = (performance.now() - before.at) / 1_000;
  const cpu = (usageOf(host).cpuSeconds - before.host.cpuSeconds) / took;
  const backendCpu = (usageOf(backend).cpuSeconds - before.backend.cpuSeconds) / took;
  return { seconds: took, cpu, backendCpu, messages, residentBytes: usageOf(host).residentBytes };
};

const tell = (
  context: BenchContext,
  load: Load,
  published: number,
  figures: Awaited<ReturnType<typeof watch>>,
): void => {
  const { cpu, backendCpu, messages, seconds } = figures;
  const what = `${Math.round(published)} events/s, ${load.name}`;
  context.report({
    bench: 'extension',
    what: `${what}: CPU of the extension host (backend ${(backendCpu * 100).toFixed(0)} %)`,
    measured: `${(cpu * 100).toFixed(1)} %`,
    target: `<= ${cpuTarget * 100} % of a core`,
    reached: cpu <= cpuTarget,
    figures,
  });
  context.report({
    bench: 'extension',
    what: `${what}: messages from the backend`,
    measured: `${(messages / seconds).toFixed(1)} a second`,
    target: `<= ${messagesTarget}`,
    reached: messages / seconds <= messagesTarget,
    figures,
  });
};

/** Resolves with the events per second that were published. */
const publish = async ({ load, publisher, stream }: Scene, signal: AbortSignal): Promise<number> => {
  const names = Array.from(
    { length: load.workers - 8 },
    (_, index) => `celery@${index < 700 ? 'api' : 'mail'}-${index}`,
  );
  const startedAt = performance.now();
  let events = 0;
  for (let slice = 0; !signal.aborted; slice++) {
    const perSlice = (eventsPerSecond * sliceMs) / 1_000;
    // Each slice holds the heartbeats of its share of the workers, as they come in life: spread over two seconds.
    const beating = names.filter((_, index) => index % heartbeatEverySlices === slice % heartbeatEverySlices);
    await publisher.prepare([
      ...beating.map((name) => heartbeat(name, slice)),
      ...stream.messages(perSlice, 'batched'),
    ])();
    events += perSlice + beating.length;
    const late = performance.now() - startedAt - (slice + 1) * sliceMs;
    if (late < 0) await wait(-late);
  }
  return (events / (performance.now() - startedAt)) * 1_000;
};

const busyQueues = 400;

const makeQueues = async (url: string, count: number): Promise<void> => {
  const client = new Redis(url);
  const pipeline = client.pipeline();
  for (let index = 0; index < count; index++) {
    pipeline.sadd(`_kombu.binding.q${index}`, `q${index}\u0006\u0016\u0006\u0016q${index}`);
    if (index < busyQueues) pipeline.lpush(`q${index}`, ...Array.from({ length: 1 + (index % 90) }, () => '{}'));
  }
  await pipeline.exec();
  client.disconnect();
};

const parentOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
};

/** Answers how many messages the extension host got from the backend since it was last asked. */
const countMessages = (window: Workbench, backend: number): Promise<number> =>
  window.evaluate((_vscode, pid) => {
    interface Child {
      readonly pid?: number;
      on(event: 'message', listener: () => void): void;
      celeriacCounted?: number;
    }
    const handles = Reflect.get(process, '_getActiveHandles').call(process) as Child[];
    const child = handles.find((handle) => handle.pid === pid);
    if (!child) throw new Error('The extension host has no such child.');
    const counted = child.celeriacCounted;
    if (counted === undefined)
      child.on('message', () => {
        child.celeriacCounted = (child.celeriacCounted ?? 0) + 1;
      });
    child.celeriacCounted = 0;
    return counted ?? 0;
  }, backend);
