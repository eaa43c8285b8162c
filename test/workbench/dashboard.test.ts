import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import type { LabRedis } from '../lab/lab.ts';
import { seriousFindings } from './harness/accessibility.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';
import { allThemes } from './harness/themes.ts';

describe('the dashboard', () => {
  let scene: Scene;
  let broker: LabRedis;

  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api', concurrency: 2, queues: ['default'] });
        await lab.worker({ broker, name: 'mail', queues: ['emails'] });
        return {
          'celeriac.connections': [{ name: 'shop', url: broker.url, environment: 'staging' }],
          'celeriac.refresh.intervalMs': 1_000,
        };
      },
    });
  });
  after(() => scene?.close());

  const page = (): FrameLocator => scene.window.webview;
  const button = (name: string | RegExp): Locator => page().getByRole('button', { name });
  const picker = (words: RegExp): Locator => page().locator('.picker > button').filter({ hasText: words });
  const chips = async (): Promise<readonly string[]> =>
    (await page().locator('.chip').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
  const removeChip = (name: string): Promise<void> => button(`Remove ${name} from the filter`).click();
  const card = (id: string): Locator => page().locator(`[data-panel=${id}]`);
  const chart = (id: string): Locator => card(id).locator('.plot');
  const shows = (place: Locator, words: RegExp) =>
    eventually(async () => assert.match((await place.innerText()).replaceAll('\n', ' '), words));
  const tileShows = (id: string, words: RegExp) => shows(page().locator(`[data-tile=${id}]`), words);
  const says = (id: string, words: RegExp) =>
    eventually(async () => assert.match((await chart(id).getAttribute('aria-label')) ?? '', words));

  test('opens from the palette and says why it is empty', async () => {
    await scene.window.runCommand('Celery: Open Dashboard');
    await shows(page().locator('h1'), /shop/);
    await shows(page().locator('.notice'), /No tasks yet.*Enable Events/);
    await tileShows('workers', /2\/2/);
    await scene.window.screenshot('dashboard-empty');
  });

  test('shows in figures what the workers do', async () => {
    await scene.lab.send({ broker, task: 'lab.echo', args: ['a'], queue: 'default', count: 60 });
    await scene.lab.send({ broker, task: 'lab.fail', queue: 'default', count: 3 });
    await scene.lab.send({ broker, task: 'lab.sleep', args: [0.2], queue: 'emails', count: 20 });
    await scene.lab.send({ broker, task: 'lab.echo', args: ['b'], queue: 'nobody', count: 7 });
    await tileShows('rate', /80 in the last 5 min/);
    await tileShows('failures', /3\.6% 3 failed, 0 retried in 5 min/);
    await tileShows('queued', /^Queued 7 /);
    await tileShows('active', /0% of 3 slots/);
    await shows(card('states'), /SUCCESS\s+80/);
    await shows(card('slowest'), /lab\.sleep\s+20\s+\d+ ms/);
    await shows(card('depth'), /nobody\s+7/);
    await shows(
      page().locator('.verdict'),
      /Degraded · 1 alert: .*7 messages are waiting in nobody, which has no consumer/,
    );
    await shows(page().locator('.top'), /shop.*STAGING/);
    await shows(card('throughput'), /83 tasks finished in this time range/);
    await says('runtime', /p95: \d+ ms at the end/);
    const [connection] = await scene.window.treeRows('Clusters');
    assert.match(connection?.description ?? '', /2 workers/);
  });

  test('follows the theme, and no theme hides anything from anybody', async () => {
    await scene.window.page.setViewportSize({ width: 1280, height: 2200 });
    for (const theme of allThemes) {
      await scene.window.setTheme(theme);
      await eventually(async () => assert.deepEqual(await seriousFindings(page()), []));
      await scene.window.screenshot(`dashboard-${theme}`);
    }
    await scene.window.setTheme('dark');
    await scene.window.page.setViewportSize({ width: 1280, height: 800 });
  });

  test('is filtered by a click, or by typing', async () => {
    await card('depth')
      .getByRole('button', { name: /^emails/ })
      .click();
    await tileShows('rate', /20 in the last 5 min/);
    await tileShows('queued', /^Queued 0 /);
    await shows(card('utilisation'), /Busy slots.*whole cluster.*running/);
    await picker(/^Task/).press('Enter');
    await page().getByRole('option', { name: 'lab.fail' }).waitFor();
    await scene.window.page.keyboard.type('fail');
    assert.deepEqual(await seriousFindings(page()), []);
    await scene.window.screenshot('dashboard-filter');
    await scene.window.page.keyboard.press('Enter');
    await eventually(async () => assert.deepEqual(await chips(), ['Task: lab.fail ✕', 'Queue: emails ✕']));
    await tileShows('failures', /– 0 failed/);
    await removeChip('emails');
    await tileShows('failures', /100% .*3 failed/);
    await card('workers').getByRole('button', { name: 'api@lab' }).click();
    await tileShows('failures', /100% .*3 failed/);
    await shows(card('throughput'), /3 tasks finished in this time range/);
    await shows(card('states'), /FAILURE\s+3/);
    await scene.window.screenshot('dashboard-filters');
    await picker(/^Task/).click();
    await page().getByRole('option', { name: 'lab.echo' }).click();
    await tileShows('rate', /60 in the last 5 min/);
    await button('Clear Filters').click();
    await tileShows('rate', /80 in the last 5 min/);
  });

  test('shows each chart as a table too', async () => {
    await button('Throughput as a table').click();
    await shows(card('throughput'), /Time\s+succeeded\s+failed\s+retried\s+received\s+\d\d:\d\d:\d\d/);
    await button('Throughput as a table').click();
    await chart('throughput').waitFor();
  });

  test('is zoomed by dragging on any chart, or by the keyboard, on all of them', async () => {
    const place = await chart('throughput').locator('.u-over').boundingBox();
    assert.ok(place);
    const { mouse } = scene.window.page;
    await mouse.move(place.x + place.width * 0.5, place.y + 40);
    await mouse.down();
    await mouse.move(place.x + place.width * 1.1, place.y + 40, { steps: 4 });
    await mouse.up();
    await button(/Reset Zoom/).waitFor();
    await says('runtime', /p95: \d+ ms/);
    await mouse.dblclick(place.x + place.width * 0.5, place.y + 40);
    await button(/Reset Zoom/).waitFor({ state: 'hidden' });
    await chart('depth').focus();
    await scene.window.page.keyboard.press('End');
    await shows(card('depth').locator('.readout'), /\d\d:\d\d:\d\d/);
    await scene.window.page.keyboard.press('+');
    await button(/Reset Zoom/).click();
    await button(/Reset Zoom/).waitFor({ state: 'hidden' });
  });

  test('stands still while it is paused', async () => {
    await button('Pause').click();
    await button('Resume').waitFor();
    await scene.lab.send({ broker, task: 'lab.echo', args: ['c'], queue: 'default', count: 5 });
    await eventually(async () => assert.match(await scene.window.row('Clusters', 'api@lab').innerText(), /68 total/));
    await tileShows('rate', /80 in the last 5 min/);
    await button('Resume').click();
    await tileShows('rate', /85 in the last 5 min/);
  });

  test('can be there twice, each with what it shows', async () => {
    const tabs = scene.window.page.getByRole('tab', { name: 'shop: Dashboard' });
    await button('Open in a new panel').click();
    await eventually(async () => assert.equal(await tabs.count(), 2));
    await tileShows('rate', /85 in the last 5 min/);
    await button('Runtime as a table').click();
    await shows(card('runtime'), /Time\s+p50/);
    await tabs.first().click();
    await chart('runtime').waitFor();
    await tabs.last().click();
    await shows(card('runtime'), /Time\s+p50/);
    await scene.window.runCommand('View: Close Editor');
    await chart('runtime').waitFor();
  });

  test('complains about nothing', () => assert.deepEqual(scene.window.errors, []));

  test('is as it was after the window is loaded again', async () => {
    await page().getByRole('combobox', { name: 'Range' }).selectOption('300');
    await card('depth')
      .getByRole('button', { name: /^emails/ })
      .click();
    await button('Runtime as a table').click();
    await shows(card('runtime'), /Time\s+p50/);
    await scene.window.runCommand('Developer: Reload Window');
    await eventually(async () => assert.deepEqual(await chips(), ['Queue: emails ✕']), 60_000);
    assert.equal(await page().getByRole('combobox', { name: 'Range' }).inputValue(), '300');
    await shows(card('runtime'), /Time\s+p50/);
    await removeChip('emails');
    await button('Runtime as a table').click();
  });

  test('says that it is offline and how old it is, and leaves the gap open afterwards', async () => {
    await broker.stop();
    await shows(page().locator('.notice'), /Offline: .*(Next attempt|old)/);
    await scene.window.screenshot('dashboard-offline');
    await broker.start();
    await shows(page().locator('.link-state.live'), /live/);
    await says('throughput', /No events from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d: The broker was not connected/);
    await scene.window.screenshot('dashboard-gap');
  });
});
