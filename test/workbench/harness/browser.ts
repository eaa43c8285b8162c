import { type Browser, chromium, type Page } from 'playwright-core';
import { ensureChromium } from '../../../scripts/setup/vscodeHost.ts';
import type { VsCode } from './vscode.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Playwright ends the browser with this process, even if it is killed -9: they hold a pipe between them. */
export const launchBrowser = async (vscode: VsCode): Promise<Browser> => {
  const executablePath = vscode.host.chromium ?? (await ensureChromium(console.log));
  if (!executablePath)
    throw new Error('No Chromium was found. Install it (Debian: apt-get install chromium), or name one in CHROMIUM.');
  return chromium.launch({ executablePath, args: flags });
};

/** What @vscode/test-web tells the workbench, and the desktop's --extensionDevelopmentPath and --extensionTestsPath. */
export interface DevelopmentOptions {
  readonly extensions: readonly string[];
  readonly extensionTestsPath?: string;
}

/**
 * Must be called before the page is opened. The workbench reads its options from an attribute of its page; that page is
 * not rewritten on its way (Chromium then refuses its WebSockets), the reading is.
 */
export const setDevelopmentOptions = async (page: Page, vscode: VsCode, options: DevelopmentOptions): Promise<void> => {
  const remote = (path: string) => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${vscode.port}`, path });
  const developmentOptions = {
    extensions: options.extensions.map(remote),
    ...(options.extensionTestsPath ? { extensionTestsPath: remote(options.extensionTestsPath) } : {}),
  };
  await page.addInitScript(`{
    const read = Element.prototype.getAttribute;
    Element.prototype.getAttribute = function (name) {
      const value = read.call(this, name);
      if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration') return value;
      return JSON.stringify({ ...JSON.parse(value), developmentOptions: ${JSON.stringify(developmentOptions)} });
    };
  }`);
};
