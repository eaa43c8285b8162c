import { setTimeout as wait } from 'node:timers/promises';
import { openScene, type Scene } from '../workbench/harness/scene.ts';
import type { BenchContext } from './context.ts';
import { watchFrames } from './frames.ts';
import { openRedisPublisher } from './redisPublisher.ts';
import { TaskStream } from './taskStream.ts';

const frameTargetMs = 33;
/** Slowly enough for Redis to keep us connected on a small machine. */
const eventsPerSecond = 60_000;
const eventsPerTask = 3;
const stepEvents = 24_000;
const fillLimitMs = 300_000;
const seconds = 10;

/** The table of tasks below the dashboard with a million of them: is it smooth to scroll, and how soon are its rows there? */
export const benchScrolling = async ({ quick, say, report }: BenchContext): Promise<void> => {
  const tasks = quick ? 50_000 : 1_000_000;
  say(`scrolling: a table of ${tasks.toLocaleString('en')} tasks in a window of VS Code`);
  let url = '';
  const scene = await openScene({
    settings: async (lab) => {
      url = (await lab.redis()).url;
      return { 'celeriac.connections': [{ name: 'bench', url }], 'celeriac.history.maxTasks': tasks };
    },
  });
  try {
    await scene.window.runCommand('Celery: Open Dashboard');
    await scene.window.webview.locator('[data-tile=workers]').waitFor();
    await fill(url, tasks);
    const held = await heldOnceStill(scene);
    const grid = scene.window.webview.locator('.data-grid');
    await grid.scrollIntoViewIfNeeded();
    const place = await grid.boundingBox();
    if (!place) throw new Error('the table cannot be seen');
    const { mouse } = scene.window.page;
    await mouse.move(place.x + 200, place.y + 100);
    const [{ frames }] = await Promise.all([watchFrames(scene.window.webview, seconds), turnWheel(scene)]);
    const sorted = frames.sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
    const jumps = await jumpAbout(scene);
    const figures = { held, p50: at(0.5), p95: at(0.95), worst: at(1), ...jumps };
    report({
      bench: 'scrolling',
      what: `frame time p95 with the wheel turning over ${held.toLocaleString('en')} tasks (p50 ${at(0.5).toFixed(1)}, worst ${at(1).toFixed(1)})`,
      measured: `${at(0.95).toFixed(1)} ms`,
      target: `< ${frameTargetMs} ms`,
      reached: at(0.95) < frameTargetMs,
      figures,
    });
    report({
      bench: 'scrolling',
      what: `rows there after a jump to any place (worst ${jumps.worstJumpMs} ms; the first, which puts all in order, ${jumps.firstJumpMs} ms)`,
      measured: `${jumps.jumpMs} ms`,
      target: '',
      reached: null,
      figures,
    });
  } finally {
    await scene.close();
  }
};

const fill = async (url: string, tasks: number): Promise<void> => {
  const publisher = await openRedisPublisher(url);
  const stream = new TaskStream();
  const events = tasks * eventsPerTask;
  const startedAt = performance.now();
  for (let sent = 0; sent < events; sent += stepEvents) {
    await publisher.prepare(stream.messages(stepEvents, 'batched'))();
    await wait(Math.max(0, startedAt + (sent / eventsPerSecond) * 1000 - performance.now()));
  }
  await publisher.close();
};

/** How many tasks the table counts, when that does not change any more. */
const heldOnceStill = async (scene: Scene): Promise<number> => {
  const line = scene.window.webview.locator('.table-line').first();
  const read = async (): Promise<number> =>
    Number((await line.innerText()).match(/[\d,]+(?= tasks)/)?.[0].replaceAll(',', ''));
  const until = performance.now() + fillLimitMs;
  for (let before = -1; performance.now() < until; ) {
    const now = await read();
    if (now > 0 && now === before) return now;
    before = now;
    await wait(3_000);
  }
  throw new Error('the table did not come to rest');
};

const turnWheel = async (scene: Scene): Promise<void> => {
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    await scene.window.page.mouse.wheel(0, 240);
    await wait(50);
  }
};

/** To places all over the list; each time until no row that can be seen is still to come. */
const jumpAbout = async (scene: Scene) => {
  const grid = scene.window.webview.locator('.data-grid');
  const waiting = grid.locator('.grid-body .quiet', { hasText: '…' });
  const took: number[] = [];
  for (let jump = 1; jump <= 12; jump++) {
    const since = performance.now();
    await grid.evaluate(
      (box: Scrollable, share) => {
        box.scrollTop = box.scrollHeight * share;
      },
      (jump * 0.37) % 1,
    );
    await wait(20);
    while ((await waiting.count()) > 0) await wait(5);
    took.push(Math.round(performance.now() - since));
  }
  const [first = 0, ...others] = took;
  const sorted = others.sort((a, b) => a - b);
  return { firstJumpMs: first, jumpMs: sorted[Math.floor(sorted.length / 2)] ?? 0, worstJumpMs: sorted.at(-1) ?? 0 };
};

interface Scrollable {
  scrollTop: number;
  readonly scrollHeight: number;
}
