import assert from 'node:assert/strict';
import { Lab } from '../../lab/lab.ts';
import { eventually } from './eventually.ts';
import { openWorkbench } from './openWorkbench.ts';
import { packagedExtension } from './packagedExtension.ts';
import { backendsOf } from './processes.ts';
import { takeTurn } from './turn.ts';
import type { Settings } from './userSettings.ts';
import { startVsCode, type VsCode } from './vscode.ts';
import type { Workbench } from './workbench.ts';

/** The packaged extension, installed in a VS Code of its own, and a lab beside it. */
export interface Scene {
  readonly lab: Lab;
  readonly vscode: VsCode;
  readonly window: Workbench;
  /** Ends everything; resolves when nothing is left. */
  close(): Promise<void>;
}

interface SceneOptions {
  readonly trust?: boolean;
  /** An empty folder unless named; made once the lab is there where it needs it. */
  readonly workspace?: string | ((lab: Lab) => Promise<string>);
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the test can reach into the extension host. */
  readonly bridge?: boolean;
  /** The settings, once the lab is there to be named in them. */
  readonly settings: (lab: Lab) => Settings | Promise<Settings>;
}

/** Celery's workers say every 2 s that they live; a test need not wait for the 20 s that are the default. */
export const quickLoss: Settings = { 'celeriac.workers.lostAfterMs': 6_000 };

const startLimitMs = 60_000;

/** Resolves when the sidebar is open, the backend runs, and no other scene is being played. */
export const openScene = async ({
  settings,
  trust = true,
  bridge = false,
  workspace,
  env = {},
}: SceneOptions): Promise<Scene> => {
  const lab = await Lab.open();
  try {
    const vsix = await packagedExtension();
    const allSettings = { ...quickLoss, ...(await settings(lab)) };
    // On a busy machine a browser may be gone before its window has said goodbye.
    const vscode = await startVsCode({
      vsix,
      trust,
      settings: allSettings,
      windowGraceSeconds: 5,
      env,
      ...(workspace === undefined
        ? {}
        : { workspace: typeof workspace === 'string' ? workspace : await workspace(lab) }),
    });
    try {
      const window = await openWorkbench(vscode, { bridge });
      await window.openSidebar('Celery');
      if (hasConnections(allSettings))
        await eventually(async () => assert.equal((await backendsOf(vscode)).length, 1), startLimitMs);
      await eventually(async () => assert.equal(await window.viewMessage('Clusters'), ''), startLimitMs);
      const endTurn = await takeTurn();
      return { lab, vscode, window, close: () => closeAll(window, vscode, lab, endTurn) };
    } catch (error) {
      await vscode.stop();
      throw error;
    }
  } catch (error) {
    await lab.close();
    throw error;
  }
};

const hasConnections = (settings: Settings): boolean => {
  const connections = settings['celeriac.connections'];
  return Array.isArray(connections) && connections.length > 0;
};

/** Each has to end, whether or not the one before it could. */
const closeAll = async (window: Workbench, vscode: VsCode, lab: Lab, endTurn: () => void): Promise<void> => {
  try {
    await window.close();
  } finally {
    endTurn();
    await Promise.all([vscode.stop(), lab.close()]);
  }
};
