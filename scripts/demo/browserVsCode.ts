import { setTimeout } from 'node:timers/promises';
import { until } from '../../test/lab/until.ts';
import { openWorkbench } from '../../test/workbench/harness/openWorkbench.ts';
import { startVsCode, type VsCode } from '../../test/workbench/harness/vscode.ts';
import type { Workbench } from '../../test/workbench/harness/workbench.ts';
import type { Scene } from './desktopVsCode.ts';

interface BrowserScene extends Scene {
  readonly check: boolean;
  readonly port: number;
}

type Say = (sentence: string) => void;

/** Shows the demo in a VS Code that runs in the browser; with `check`, looks at it in place of a person. */
export const showInBrowserVsCode = async (
  scene: BrowserScene,
  interrupted: Promise<unknown>,
  say: Say,
): Promise<void> => {
  const { workspace, vsix, settings, env, port } = scene;
  say('starting VS Code with the extension …');
  const vscode = await startVsCode({ workspace, vsix, settings, env, say, ...(port > 0 ? { port } : {}) });
  try {
    if (scene.check) return await checkSidebar(vscode, say);
    say(`open ${vscode.url}: it shows the Celery view and the dashboard. Ctrl-C ends the demo.`);
    await interrupted;
  } finally {
    await vscode.stop();
  }
};

/** Curves need a while before they are curves. */
const settleMs = 15_000;

const rateTile = (workbench: Workbench): Promise<string> =>
  workbench.webview
    .locator('[data-tile=rate]')
    .innerText({ timeout: 2_000 })
    .catch(() => '');

const checkSidebar = async (vscode: VsCode, say: Say): Promise<void> => {
  const workbench = await openWorkbench(vscode);
  try {
    await workbench.openSidebar('Celery');
    const row = await until(
      'a row of a living worker with its figures in the Clusters view',
      async () => (await workbench.treeRows('Clusters')).find((each) => /total/.test(each.description)),
      60_000,
    );
    say(`the sidebar shows ${row.label} · ${row.description}`);
    const settled = /[1-9][\d,]* in 5 min/;
    await until('figures in the dashboard', async () => settled.test(await rateTile(workbench)), 60_000);
    await setTimeout(settleMs);
    const picture = await workbench.screenshot('demo');
    say(`what it looks like is in ${picture}`);
  } finally {
    await workbench.close();
  }
};
