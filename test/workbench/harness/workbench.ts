import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import type { Bridge, Posted } from './bridge.ts';
import { eventually } from './eventually.ts';
import { type Theme, themes, themesFor } from './themes.ts';
import { readRows, type TreeRow, watchRows } from './treeRow.ts';
import type { VsCode } from './vscode.ts';

export interface Message {
  readonly severity: string;
  readonly text: string;
  /** What a modal dialog says in small print. */
  readonly detail: string;
  readonly buttons: readonly string[];
}

export interface StatusItem {
  readonly text: string;
  readonly spoken: string;
  readonly hasErrorBackground: boolean;
  readonly hasWarningBackground: boolean;
}

const screenshots = join(import.meta.dirname, '..', '..', '..', 'artifacts', 'screenshots');

/** What this VS Code says on every start: a native module is not built, files are missing, nobody signs in. */
const knownNoise = /watchdog|status of 404|authentication provider/;

/** Without the marks that colour it in a browser's console, and without the calls inside VS Code. */
const inShort = (text: string): string =>
  text
    .replaceAll(/%c|color: #f33/g, '')
    .replace(/\n\s+at .*$/s, '')
    .trim();

/** One window of VS Code: what a user can do in it, and see. */
export class Workbench {
  readonly page: Page;
  /** What the window complained about so far. */
  readonly errors: string[] = [];
  readonly #browser: Browser;
  readonly #vscode: VsCode;
  readonly #bridge: Bridge | null;

  constructor(browser: Browser, page: Page, vscode: VsCode, bridge: Bridge | null) {
    this.#browser = browser;
    this.page = page;
    this.#vscode = vscode;
    this.#bridge = bridge;
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !knownNoise.test(message.text())) this.errors.push(inShort(message.text()));
    });
  }

  /**
   * Calls a function in this window's extension host. It is sent as text: it sees nothing of the test but its argument,
   * which goes over, and its result, which comes back, as JSON.
   */
  evaluate<R, A = undefined>(act: Posted<A, R>, ...argument: A[]): Promise<R> {
    if (!this.#bridge) throw new Error('This window was opened without a bridge.');
    return this.#bridge.evaluate(act as Posted<A | undefined, R>, argument[0]);
  }

  async openSidebar(name: string): Promise<void> {
    const tab = this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).first();
    const heading = this.page.locator('.sidebar h2', { hasText: name });
    await tab.waitFor();
    // A click on the icon of what has just come to the front by itself would close it again.
    await eventually(async () => {
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click({ timeout: 5_000 });
      // Away from the icon before its tooltip opens: that one would stay in every picture.
      await this.page.mouse.move(700, 150);
      await heading.waitFor({ timeout: 5_000 });
    });
  }

  async runCommand(title: string): Promise<void> {
    await this.#openPalette(title);
    // What comes to the front meanwhile closes the palette.
    await this.pick(title, 5_000).catch(async () => {
      await this.#openPalette(title);
      await this.pick(title);
    });
  }

  /** Chooses a row of the open quick pick. */
  async pick(label: string, timeout?: number): Promise<void> {
    const row = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.#named(label) })
      .first();
    await row.click(timeout === undefined ? {} : { timeout });
    const closes = row.waitFor({ state: 'hidden', timeout: 8_000 });
    // A click may fall between two drawings of the list, and do nothing.
    await closes.catch(() => row.click({ timeout: 2_000 }).catch(() => undefined));
    await row.waitFor({ state: 'hidden' });
  }

  /** Ticks rows of the open quick pick, and is done. */
  async pickMany(...labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ has: this.#named(label) });
      await row.first().locator('input[type=checkbox], .monaco-checkbox').first().click();
    }
    await this.page.getByRole('button', { name: 'OK', exact: true }).click();
    await this.page.locator('.quick-input-list').waitFor({ state: 'hidden' });
  }

  async quickPickItems(): Promise<TreeRow[]> {
    const rows = this.page.locator('.quick-input-widget .quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return readRows(rows);
  }

  /** Types into the open input box or quick pick. */
  async enter(text: string): Promise<void> {
    await this.#input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Answers VS Code's own dialog for files, which looks into folders while one types. */
  async saveAs(path: string): Promise<void> {
    // It comes empty, and fills itself in.
    await eventually(async () => assert.match(await this.#input.inputValue(), /[/\\]./));
    const ok = this.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' });
    while (await ok.isVisible()) {
      // What the dialog fills in last may come behind what was typed.
      if ((await this.#input.inputValue({ timeout: 1_000 }).catch(() => path)) !== path) await this.#input.fill(path);
      await ok.click({ timeout: 1_000 }).catch(() => undefined);
      await ok.waitFor({ state: 'hidden', timeout: 1_000 }).catch(() => undefined);
    }
  }

  /** Waits for the input box that asks this. */
  async promptSaying(text: string): Promise<void> {
    await this.page.locator('.quick-input-message').filter({ hasText: text }).waitFor();
  }

  /** The part of the sidebar that holds a view; a view that is alone in its container has the container's name before its own. */
  view(title: string): Locator {
    const heading = this.page.locator('.pane-header h3.title').filter({ hasText: new RegExp(`^(.*: )?${title}$`) });
    return this.page.locator('.sidebar .pane').filter({ has: heading });
  }

  treeRows(view: string): Promise<TreeRow[]> {
    return readRows(this.#rows(view));
  }

  row(view: string, label: string): Locator {
    return this.#rows(view)
      .filter({ has: this.#named(label) })
      .first();
  }

  /** Right-clicks a row and chooses from its menu; more than one word leads through submenus. */
  async chooseFromMenu(view: string, label: string, ...path: readonly string[]): Promise<void> {
    const menus = this.page.locator('.monaco-menu');
    await eventually(async () => {
      if ((await menus.count()) > 0) await this.page.keyboard.press('Escape');
      await this.row(view, label).click({ button: 'right', timeout: 3_000 });
      for (const word of path)
        await menus.locator('.action-menu-item').filter({ hasText: word }).last().hover({ timeout: 3_000 });
    });
    // A menu that has only just opened may take a click for the one that has opened it.
    const last = menus
      .locator('.action-menu-item')
      .filter({ hasText: path.at(-1) ?? '' })
      .last();
    await eventually(async () => {
      if ((await menus.count()) > 0) await last.click({ timeout: 3_000 });
      assert.equal(await menus.count(), 0);
    });
  }

  /** Presses a button that a row shows while the mouse is over it; a row that is drawn anew meanwhile is pointed at again. */
  async pressInRow(view: string, label: string, button: RegExp): Promise<void> {
    const row = this.row(view, label);
    await eventually(async () => {
      await this.page.mouse.move(700, 150);
      await row.hover({ timeout: 2_000 });
      await row.getByRole('button', { name: button }).click({ timeout: 2_000 });
    });
  }

  async expand(view: string, label: string): Promise<void> {
    await this.#foldRow(view, label, 'true');
  }

  async collapse(view: string, label: string): Promise<void> {
    await this.#foldRow(view, label, 'false');
  }

  /** To the last row of a view. */
  async scrollDown(view: string): Promise<void> {
    await this.#scroll(view, 2_000);
  }

  async expandView(title: string): Promise<void> {
    await this.#foldView(title, true);
  }

  async collapseView(title: string): Promise<void> {
    await this.#foldView(title, false);
  }

  /** The fewest rows that were drawn at any moment while `act` ran. */
  async countRowsMeanwhile(view: string, act: () => Promise<void>): Promise<number> {
    const watched = await this.view(view).locator('.pane-body').evaluateHandle(watchRows);
    await act();
    return watched.evaluate((rows) => rows.stop());
  }

  /** The line that a view shows above its rows. */
  async viewMessage(view: string): Promise<string> {
    return (await this.view(view).locator('.message:not(.hide)').allTextContents()).join(' ');
  }

  /** What an empty view says instead of rows. */
  welcome(view: string): Promise<string[]> {
    return this.view(view).locator('.welcome-view-content :is(p, .monaco-button)').allTextContents();
  }

  /** What the panel in front shows, when it is a page of an extension. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
  }

  /** The text of the open output panel, as far as it is drawn. */
  async outputPanel(): Promise<string> {
    const lines = await this.page.locator('.part.panel .view-line').allTextContents();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  async toasts(): Promise<Message[]> {
    return messagesIn(this.page.locator('.notifications-toasts .notification-list-item'), {
      icon: '.notification-list-item-icon',
      text: '.notification-list-item-message',
    });
  }

  async clearToasts(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notifications-toasts .notification-list-item').first().waitFor({ state: 'detached' });
  }

  /** The text of the open editor, as far as it is drawn. */
  async editorText(): Promise<string> {
    const lines = await this.page.locator('.editor-instance .view-lines').first().innerText();
    return lines.replaceAll('\u00a0', ' ');
  }

  /** Waits for the quick pick that asks this. */
  async pickAsking(question: string): Promise<void> {
    await this.page.locator('.quick-input-widget').getByPlaceholder(question).waitFor();
  }

  /** The heading of the open quick input. */
  async quickInputTitle(): Promise<string> {
    return (await this.page.locator('.quick-input-widget .quick-input-title').innerText()).trim();
  }

  /** What the open input box says about what stands in it. */
  async inputMessage(): Promise<string> {
    return (await this.page.locator('.quick-input-message').allTextContents()).join(' ').trim();
  }

  async dialogs(): Promise<Message[]> {
    return messagesIn(this.page.locator('.monaco-dialog-box'), {
      icon: '.dialog-icon',
      text: '.dialog-message-text',
    });
  }

  /** Presses a button of a toast or a dialog. */
  async press(button: string): Promise<void> {
    const places = this.page.locator('.notifications-toasts, .monaco-dialog-box');
    await places.getByRole('button', { name: button, exact: true }).first().click();
  }

  /** Follows a link in the open terminal, as Ctrl and a click do: it becomes one only below the mouse. */
  async followInTerminal(words: string, tooltip: string): Promise<void> {
    const text = this.page.locator('.terminal-wrapper.active .xterm-rows span').filter({ hasText: words }).last();
    await eventually(async () => {
      const [box, written] = [await text.boundingBox(), (await text.textContent()) ?? ''];
      assert.ok(box);
      const x = box.x + (box.width * (written.indexOf(words) + words.length / 2)) / written.length;
      const y = box.y + box.height / 2;
      await this.page.mouse.move(x, y + 60);
      await this.page.mouse.move(x, y);
      await this.page.getByText(tooltip).first().waitFor({ timeout: 5_000 });
      await this.page.keyboard.down('Control');
      await this.page.mouse.click(x, y);
      await this.page.keyboard.up('Control');
    });
  }

  async statusBar(): Promise<StatusItem[]> {
    const items = await this.page.locator('.statusbar-item').all();
    return Promise.all(
      items.map(async (item) => ({
        text: ((await item.textContent()) ?? '').trim(),
        spoken: (await item.getAttribute('aria-label')) ?? '',
        hasErrorBackground: /\berror-kind\b/.test((await item.getAttribute('class')) ?? ''),
        hasWarningBackground: /\bwarning-kind\b/.test((await item.getAttribute('class')) ?? ''),
      })),
    );
  }

  /** Drags the edge of the sidebar until it is that wide. */
  async widenSidebar(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    assert.ok(box);
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 4 });
    await this.page.mouse.up();
  }

  async setTheme(theme: Theme): Promise<void> {
    this.#vscode.changeSettings({ 'workbench.colorTheme': themes[theme].setting });
    await this.page.locator(`.monaco-workbench[class*="${themes[theme].className}"]`).waitFor();
  }

  /** Keeps a picture of the window as it is, and resolves with its file. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(screenshots, { recursive: true });
    const path = join(screenshots, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  /** Keeps a picture in each theme: <name>-light.png and so on. */
  async screenshots(name: string, wanted?: readonly Theme[]): Promise<string[]> {
    const pages = this.page.locator('iframe.webview.ready:visible');
    const files: string[] = [];
    for (const theme of wanted ?? themesFor((await pages.count()) > 0)) {
      await this.setTheme(theme);
      files.push(await this.screenshot(`${name}-${theme}`));
    }
    return files;
  }

  /** Follows a link as from a mail or a chat: in a tab of its own beside VS Code's. */
  async followOutside(url: string): Promise<Page> {
    const opened = this.page.waitForEvent('popup');
    await this.page.evaluate(`void open(${JSON.stringify(url)})`);
    return opened;
  }

  /** Loads the window anew; what it complains of while it goes is about its own unfinished business. */
  async reload(): Promise<void> {
    const before = this.errors.length;
    await this.page.reload();
    await this.page.locator('.statusbar-item').first().waitFor();
    this.errors.splice(before);
  }

  /** Closes the window as a user does, so that VS Code knows that it will not come back. */
  async close(): Promise<void> {
    if (!this.page.isClosed()) {
      const closed = this.page.waitForEvent('close');
      await this.page.close({ runBeforeUnload: true });
      await closed;
    }
    await this.#browser.close();
  }

  async #foldView(title: string, open: boolean): Promise<void> {
    const header = this.view(title).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== String(open)) await header.click();
  }

  get #input(): Locator {
    return this.page.locator('.quick-input-widget input.input');
  }

  /** What was open before may still be closing, and take the palette with it. */
  async #openPalette(title: string): Promise<void> {
    await eventually(async () => {
      await this.page.keyboard.press('F1');
      await this.#input.fill(`>${title}`, { timeout: 3_000 });
      await this.page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ has: this.#named(title) })
        .first()
        .waitFor({ timeout: 3_000 });
    });
  }

  /** A click may fall on a row that is being drawn anew, and do nothing; what has scrolled away is not drawn at all. */
  async #foldRow(view: string, label: string, expanded: 'true' | 'false'): Promise<void> {
    const row = this.row(view, label);
    let pixels = 2_000;
    await eventually(async () => {
      if ((await row.count()) === 0) {
        pixels = -pixels;
        await this.#scroll(view, pixels);
      }
      if ((await row.getAttribute('aria-expanded', { timeout: 3_000 })) === expanded) return;
      await row.locator('.monaco-tl-twistie').click({ timeout: 5_000 });
      await eventually(async () => assert.equal(await row.getAttribute('aria-expanded'), expanded), 3_000);
    });
  }

  async #scroll(view: string, pixels: number): Promise<void> {
    await this.view(view).locator('.monaco-list').hover();
    await this.page.mouse.wheel(0, pixels);
  }

  #named(label: string): Locator {
    return this.page.locator('.label-name').getByText(label, { exact: true });
  }

  #rows(view: string): Locator {
    return this.view(view).locator('.monaco-list-rows > .monaco-list-row');
  }
}

/** All at once: of a message that goes between two looks, the second would wait for it to come back. */
const messagesIn = (places: Locator, parts: { readonly icon: string; readonly text: string }): Promise<Message[]> =>
  places.evaluateAll(
    (elements, { icon, text }) =>
      elements.map((element) => {
        const textsOf = (selector: string) =>
          [...element.querySelectorAll(selector)].map((each) => each.textContent ?? '');
        const look = element.querySelector(icon)?.getAttribute('class') ?? '';
        return {
          severity: /\bcodicon-(?:dialog-)?(info|warning|error)\b/.exec(look)?.[1] ?? 'none',
          text: textsOf(text).join(' ').trim(),
          detail: textsOf('.dialog-message-detail').join(' ').trim(),
          buttons: textsOf('.monaco-button'),
        };
      }),
    parts,
  );
