import { setTimeout as wait } from 'node:timers/promises';
import { backendsOf, descendantsOf } from '../workbench/harness/processes.ts';
import { openScene, type Scene } from '../workbench/harness/scene.ts';
import type { BenchContext } from './context.ts';
import { watchFrames } from './frames.ts';
import { usageOf } from './procfs.ts';
import type { Publisher } from './publisher.ts';
import { openRedisPublisher } from './redisPublisher.ts';
import { TaskStream } from './taskStream.ts';

const eventsPerSecond = 5_000;
const sliceMs = 20;
const frameTargetMs = 33;
const messageTarget = 10;

/** The dashboard open in a real window while the cluster is busy: does it stay smooth, and what does it cost? */
export const benchDashboard = async (context: BenchContext): Promise<void> => {
  const seconds = context.quick ? 15 : 60;
  context.say(`dashboard: ${eventsPerSecond} events a second for ${seconds} s in a window of VS Code`);
  let url = '';
  const scene = await openScene({
    settings: async (lab) => {
      url = (await lab.redis()).url;
      return { 'celeriac.connections': [{ name: 'bench', url }] };
    },
  });
  const publisher = await openRedisPublisher(url);
  try {
    await scene.window.runCommand('Celery: Open Dashboard');
    await scene.window.webview.locator('[data-tile=workers]').waitFor();
    const idle = await measure(scene, 10);
    const busy = await Promise.all([measure(scene, seconds), publish(publisher, seconds)]);
    const words = await scene.window.webview.locator('[data-panel=throughput] .readout').innerText();
    if (!/^[1-9]/.test(words)) throw new Error(`the page saw nothing of the events: ${words}`);
    report(context, idle, busy[0], busy[1], seconds);
  } finally {
    await publisher.close();
    await scene.close();
  }
};

/** As many events as a busy cluster sends, evenly; resolves with how many were sent. */
const publish = async (publisher: Publisher, seconds: number): Promise<number> => {
  const stream = new TaskStream();
  const startedAt = performance.now();
  let sent = 0;
  for (;;) {
    const elapsed = (performance.now() - startedAt) / 1000;
    if (elapsed >= seconds) return sent;
    const due = Math.floor(elapsed * eventsPerSecond) - sent;
    if (due >= 24) {
      const events = due - (due % 24);
      await publisher.prepare(stream.messages(events, 'batched'))();
      sent += events;
    }
    await wait(sliceMs);
  }
};

interface Measured {
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
  readonly messagesPerSecond: number;
  readonly backendCpu: number;
  readonly browserCpu: number;
  readonly backendMegabytes: number;
}

const measure = async (scene: Scene, seconds: number): Promise<Measured> => {
  const [backend = 0] = await backendsOf(scene.vscode);
  const children = await descendantsOf(process.pid);
  const browsers = children.filter(({ command }) => command.includes('chrom')).map(({ pid }) => pid);
  const cpuOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  const before = [cpuSecondsOf(backend), cpuOf(browsers)] as const;
  const since = performance.now();
  const { frames, messages } = await watchFrames(scene.window.webview, seconds);
  const took = (performance.now() - since) / 1000;
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return {
    p50: at(0.5),
    p95: at(0.95),
    worst: at(1),
    messagesPerSecond: messages / took,
    backendCpu: (cpuSecondsOf(backend) - before[0]) / took,
    browserCpu: (cpuOf(browsers) - before[1]) / took,
    backendMegabytes: Math.round(usageOf(backend).residentBytes / 1e6),
  };
};

/** A process may end while it is looked at. */
const cpuSecondsOf = (pid: number): number => {
  try {
    return usageOf(pid).cpuSeconds;
  } catch {
    return 0;
  }
};

const report = (
  { report: tell }: BenchContext,
  idle: Measured,
  busy: Measured,
  sent: number,
  seconds: number,
): void => {
  const figures = { sent, seconds, ...busy, idleP95: idle.p95, idleBrowserCpu: idle.browserCpu };
  const ms = (value: number): string => value.toFixed(1);
  tell({
    bench: 'dashboard',
    what: `frame time p95 at ${Math.round(sent / seconds)} events/s (p50 ${ms(busy.p50)}, worst ${ms(busy.worst)}; without events p95 ${ms(idle.p95)})`,
    measured: `${ms(busy.p95)} ms`,
    target: `< ${frameTargetMs} ms`,
    reached: busy.p95 < frameTargetMs,
    figures,
  });
  tell({
    bench: 'dashboard',
    what: 'messages to the page each second',
    measured: busy.messagesPerSecond.toFixed(1),
    target: `<= ${messageTarget}`,
    reached: busy.messagesPerSecond <= messageTarget,
    figures,
  });
  tell({
    bench: 'dashboard',
    what: `CPU: the backend (${busy.backendMegabytes} MB), and the browser with the whole window (without events ${share(idle.browserCpu)})`,
    measured: `${share(busy.backendCpu)}, ${share(busy.browserCpu)}`,
    target: '',
    reached: null,
    figures,
  });
};

const share = (value: number): string => `${Math.round(value * 100)} %`;
