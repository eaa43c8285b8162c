import { until } from '../../test/lab/until.ts';
import { openWorkbench } from '../../test/workbench/harness/openWorkbench.ts';
import { startVsCode, type VsCode } from '../../test/workbench/harness/vscode.ts';
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
  const { workspace, vsix, settings, port } = scene;
  const vscode = await startVsCode({ workspace, vsix, settings, say, ...(port > 0 ? { port } : {}) });
  try {
    if (scene.check) return await checkSidebar(vscode, say);
    say(`open ${vscode.url} and click the Celery icon in the activity bar. Ctrl-C ends the demo.`);
    await interrupted;
  } finally {
    await vscode.stop();
  }
};

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
    const picture = await workbench.screenshot('demo');
    say(`what it looks like is in ${picture}`);
  } finally {
    await workbench.close();
  }
};
