import type { Page } from 'playwright-core';
import { openBridge } from './bridge.ts';
import { launchBrowser, setDevelopmentOptions } from './browser.ts';
import type { VsCode } from './vscode.ts';
import { Workbench } from './workbench.ts';

/** A busy machine may need its time for a first window. */
const startLimitMs = 60_000;

interface WindowOptions {
  /** Whether tests can reach into its extension host. It then is an "Extension Development Host", and says so. */
  readonly bridge?: boolean;
  /** Loaded from where they lie, beside those of the VS Code. */
  readonly developmentExtensions?: readonly string[];
  /** A module in its extension host whose `run` is called. */
  readonly extensionTestsPath?: string;
  /** Called before anything is loaded. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** Opens a window in a browser of its own, and waits until it can be used. */
export const openWorkbench = async (vscode: VsCode, options: WindowOptions = {}): Promise<Workbench> => {
  const browser = await launchBrowser(vscode);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const bridge = options.bridge ? await openBridge(vscode) : null;
    const workbench = new Workbench(browser, page, vscode, bridge);
    const extensions = [
      ...vscode.developmentExtensions,
      ...(options.developmentExtensions ?? []),
      ...(bridge ? [bridge.extension] : []),
    ];
    const { extensionTestsPath, prepare } = options;
    await prepare?.(page);
    if (extensionTestsPath) await setDevelopmentOptions(page, vscode, { extensions, extensionTestsPath });
    else if (extensions.length > 0) await setDevelopmentOptions(page, vscode, { extensions });
    await page.goto(vscode.url, { timeout: startLimitMs });
    await page.locator('.statusbar-item').first().waitFor({ timeout: startLimitMs });
    return workbench;
  } catch (error) {
    await browser.close();
    throw error;
  }
};
