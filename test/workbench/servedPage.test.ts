import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ensureChromium } from '../../scripts/setup/vscodeHost.ts';
import { Served } from '../contract/served.ts';
import { Lab } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';

const token = 'a-token-of-some-length';
const pictures = join(import.meta.dirname, '..', '..', 'artifacts', 'screenshots');

describe('the dashboard in a plain browser', () => {
  let lab: Lab;
  let served: Served;
  let browser: Browser;
  let page: Page;
  let failed: string;
  const complaints: string[] = [];

  before(async () => {
    lab = await Lab.open();
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', concurrency: 2, queues: ['default'] });
    served = await Served.start(broker, [], { CELERIAC_TOKEN: token });
    await eventually(async () => assert.equal((await served.ask('/readyz')).status, 200));
    await lab.send({ broker, task: 'lab.echo', queue: 'default', count: 20 });
    [failed = ''] = await lab.send({ broker, task: 'lab.fail', queue: 'default' });
    const executablePath = await ensureChromium(console.log);
    assert.ok(executablePath, 'there is a Chromium');
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    mkdirSync(pictures, { recursive: true });
  });
  after(async () => {
    await browser?.close();
    await served?.stop();
    await lab?.close();
  });

  test('asks for the token first, and takes no other', async () => {
    await page.goto(`http://127.0.0.1:${served.port}/`);
    await page.getByLabel(/token/i).fill('not-the-token-at-all');
    await page.getByRole('button').click();
    await page.getByText('This is not the token').waitFor();
    await page.screenshot({ path: join(pictures, 'served-token.png') });
    await page.getByLabel(/token/i).fill(token);
    await page.getByRole('button').click();
  });

  test('shows what the engine says', async () => {
    await eventually(async () => {
      const text = await page.locator('#page').innerText();
      assert.match(text, /Workers\s+1\/1/);
      assert.match(text, /lab\.echo/);
    });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(pictures, `served-dashboard-${colorScheme}.png`), fullPage: true });
    }
    await page.setViewportSize({ width: 900, height: 900 });
    await page.screenshot({ path: join(pictures, 'served-dashboard-narrow.png'), fullPage: true });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('leads to the page of a task', async () => {
    await page.goto(`http://127.0.0.1:${served.port}/tasks/${failed}`);
    await eventually(async () => assert.match(await page.locator('#page').innerText(), /lab\.fail[\s\S]*LabError/));
    await page.screenshot({ path: join(pictures, 'served-task.png'), fullPage: true });
  });

  test('complains about nothing but the token that was not shown', () => {
    assert.deepEqual(
      complaints.filter((text) => !/status of 40[13]/.test(text)),
      [],
    );
  });
});
