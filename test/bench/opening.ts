import { setTimeout as wait } from 'node:timers/promises';
import { openWorkbench } from '../workbench/harness/openWorkbench.ts';
import { packagedExtension } from '../workbench/harness/packagedExtension.ts';
import { backendsOf } from '../workbench/harness/processes.ts';
import { startVsCode, type VsCode } from '../workbench/harness/vscode.ts';
import type { Workbench } from '../workbench/harness/workbench.ts';
import type { BenchContext } from './context.ts';
import { usageOf } from './procfs.ts';

const settleMs = 5_000;
const mostIdleBytes = 70e6;
const mostActivationMs = 100;
const mostFirstRowMs = 1_500;
const mostTreeMs = 3_000;
const mostDashboardMs = 1_000;

/** What somebody waits for who opens a window, and what a window costs that has nothing to do with Celery. */
export const benchOpening = async (context: BenchContext): Promise<void> => {
  context.say('extension: a window without Celery');
  await inVsCode({}, (vscode) => measureIdle(context, vscode));
  context.say('extension: a window with two workers on Redis');
  const broker = await context.lab.redis();
  for (const name of ['api', 'mail']) await context.lab.worker({ broker, name });
  await inVsCode({ 'celeriac.connections': [{ name: 'shop', url: broker.url }] }, async (vscode) => {
    // The first window of a VS Code fills its caches.
    const first = await openWorkbench(vscode);
    await first.openSidebar('Celery');
    await workerRow(first).waitFor({ timeout: 30_000 });
    await first.close();
    await measureOpening(context, vscode);
  });
};

const inVsCode = async (
  settings: Readonly<Record<string, unknown>>,
  act: (vscode: VsCode) => Promise<void>,
): Promise<void> => {
  const vscode = await startVsCode({ vsix: await packagedExtension(), settings });
  try {
    await act(vscode);
  } finally {
    await vscode.stop();
  }
};

const measureIdle = async (context: BenchContext, vscode: VsCode): Promise<void> => {
  const window = await openWorkbench(vscode, { bridge: true });
  try {
    await window.openSidebar('Celery');
    await wait(settleMs);
    const backends = await backendsOf(vscode);
    report(context, 'a window without Celery: backend processes', backends.length, '', 0);
    const activation = await activationMs(window);
    report(context, 'activation of the extension blocks', activation, ' ms', mostActivationMs);
    // The first one of a version compiles everything; Node keeps that for those that follow.
    for (let start = 0; start < 2; start++) {
      await window.evaluate((api) => api.commands.executeCommand('celeriac.restartBackend'));
      await wait(settleMs);
    }
    const [backend = 0] = await backendsOf(vscode);
    const megabytes = Math.round(usageOf(backend).residentBytes / 1e5) / 10;
    report(context, 'an idle backend: resident memory', megabytes, ' MB', mostIdleBytes / 1e6);
  } finally {
    await window.close();
  }
};

const measureOpening = async (context: BenchContext, vscode: VsCode): Promise<void> => {
  const window = await openWorkbench(vscode, { bridge: true });
  try {
    const openedAt = performance.now();
    const since = (): number => Math.round(performance.now() - openedAt);
    await window.openSidebar('Celery');
    await workerRow(window).waitFor({ timeout: 30_000 });
    report(context, 'window usable to the first worker row', since(), ' ms', mostFirstRowMs);
    const rows = ['api@lab', 'mail@lab', 'Queues'].map((label) => window.row('Clusters', label).waitFor());
    const figures = window
      .view('Clusters')
      .locator('.monaco-list-row')
      .filter({ hasText: /\d+ total/ });
    await Promise.all([...rows, figures.nth(1).waitFor()]);
    report(context, 'window usable to the complete tree', since(), ' ms', mostTreeMs);
    const clickedAt = performance.now();
    await window.evaluate((api) => api.commands.executeCommand('celeriac.openDashboard'));
    await window.webview.locator('[data-tile=workers]').filter({ hasText: '2/2' }).waitFor();
    const took = Math.round(performance.now() - clickedAt);
    report(context, 'dashboard opened to its figures', took, ' ms', mostDashboardMs);
  } finally {
    await window.close();
  }
};

const workerRow = (window: Workbench) => window.row('Clusters', 'api@lab');

/** What VS Code itself says that loading and activating took. */
const activationMs = async (window: Workbench): Promise<number> => {
  await window.runCommand('Developer: Show Running Extensions');
  const rows = window.page.locator('.runtime-extensions-editor .monaco-list-row');
  const row = rows.filter({ has: window.page.locator('.name', { hasText: /^Celeriac/ }) });
  const text = await row.locator('.activation-time').innerText();
  return Number(/(\d+) ?ms/.exec(text)?.[1] ?? Number.NaN);
};

const report = (context: BenchContext, what: string, figure: number, unit: string, most: number): void =>
  context.report({
    bench: 'extension',
    what,
    measured: `${figure}${unit}`,
    target: `<= ${most}${unit}`,
    reached: figure <= most,
    figures: { figure },
  });
