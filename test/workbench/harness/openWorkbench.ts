import { openBridge } from './bridge.ts';
import { launchBrowser, setDevelopmentOptions } from './browser.ts';
import type { VsCode } from './vscode.ts';
import { Workbench } from './workbench.ts';

const startLimitMs = 30_000;

/** Opens a window in a browser of its own, and waits until it can be used. */
export const openWorkbench = async (vscode: VsCode): Promise<Workbench> => {
  const browser = await launchBrowser(vscode);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const bridge = await openBridge(vscode);
    const workbench = new Workbench(browser, page, vscode, bridge);
    await setDevelopmentOptions(page, vscode, { extensions: [...vscode.developmentExtensions, bridge.extension] });
    await page.goto(vscode.url);
    await page.locator('.statusbar-item').first().waitFor({ timeout: startLimitMs });
    return workbench;
  } catch (error) {
    await browser.close();
    throw error;
  }
};
