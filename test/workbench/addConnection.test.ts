import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { freePort } from '../lab/freePort.ts';
import type { LabRedis } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { descendantsOf } from './harness/processes.ts';
import { openScene, type Scene } from './harness/scene.ts';

/** The one password of this scene. Wherever it is found in the end, it does not belong. */
const password = 'Tell-n0body/of@this';

describe('connections, by hand', () => {
  let scene: Scene;
  let broker: LabRedis;
  let encrypted: LabRedis;

  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis({ password });
        await lab.worker({ broker, name: 'api', queues: ['default'] });
        encrypted = await lab.redis({ tls: true });
        return { 'celeriac.connections': [], 'celeriac.trace.server': 'verbose' };
      },
    });
  });
  after(() => scene?.close());

  const description = async (label: string): Promise<string> =>
    (await scene.window.treeRows('Clusters')).find((row) => row.label === label)?.description ?? 'no row';
  const troubles = async (): Promise<string> => JSON.stringify(await scene.window.treeRows('Clusters'));
  const says = (label: string, words: RegExp) => eventually(async () => assert.match(await description(label), words));
  const settings = () => readFileSync(join(scene.vscode.folder, 'data', 'Machine', 'settings.json'), 'utf8');
  /** The placeholder of the quick input says what a test came to. */
  const testEndsWith = (words: RegExp) =>
    eventually(async () => {
      const input = scene.window.page.locator('.quick-input-widget input.input');
      assert.match((await input.getAttribute('placeholder')) ?? '', words);
    });

  /** Types the answer to each question of the form, once it is asked. */
  const answer = async (...answers: readonly (readonly [question: string, text: string])[]): Promise<void> => {
    for (const [question, text] of answers) {
      await scene.window.promptSaying(question);
      await scene.window.enter(text);
    }
  };
  /** Changes options on the page of the form, each by its row. */
  const set = async (...options: readonly (readonly [row: string, ...answers: readonly string[]])[]): Promise<void> => {
    for (const [row, ...answers] of options) {
      await leaveFor(row);
      for (const text of answers)
        await (text.startsWith('> ') ? scene.window.enter(text.slice(2)) : scene.window.pick(text));
      await pageIsOpen();
    }
  };
  const rowOf = (label: string) =>
    scene.window.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: scene.window.page.locator('.label-name').getByText(label, { exact: true }) })
      .first();
  /** Chooses a row; a click that crosses a change of the rows is not taken by the page, and is repeated. */
  const leaveFor = (label: string) =>
    eventually(async () => {
      if (await rowOf('Environment').isVisible())
        await rowOf(label)
          .click({ timeout: 1_000 })
          .catch(() => undefined);
      await rowOf('Environment').waitFor({ state: 'hidden', timeout: 1_000 });
    });
  const pageIsOpen = () =>
    eventually(async () => {
      const labels = (await scene.window.quickPickItems()).map(({ label }) => label);
      assert.ok(labels.includes('Environment'), labels.join(' | '));
    });
  const firstRows = async (): Promise<string[]> =>
    (await scene.window.quickPickItems()).map(({ label }) => label.trim());
  const changePassword = async (text: string): Promise<void> => {
    await menu('orders', 'Connection', 'Edit Connection…');
    await pageIsOpen();
    await set(['Password', 'Enter Password…', `> ${text}`]);
  };
  const menu = (label: string, ...path: string[]): Promise<void> =>
    scene.window.chooseFromMenu('Clusters', label, ...path);

  test('are added by pasting a URL, which is tested at once; its password goes to the secret storage', async () => {
    await scene.window.view('Clusters').getByRole('button', { name: 'Add Connection' }).click();
    await scene.window.promptSaying('broker_url');
    await scene.window.screenshots('connection-add-url');
    await scene.window.page.keyboard.type('redis://localhost:99999');
    await eventually(async () => assert.match(await scene.window.inputMessage(), /Port 99999 is out of range/));
    await scene.window.screenshots('connection-add-port');
    const escaped = encodeURIComponent(password);
    await scene.window.enter(`redis://:${escaped}@127.0.0.1:${broker.port}/0`);
    await testEndsWith(/^Connected/);
    assert.equal((await firstRows())[0], 'Save and Connect');
    await set(['Name', '> orders'], ['Environment', 'Production']);
    await scene.window.screenshots('connection-add-test');
    await scene.window.pick('Save and Connect');
    await says('orders', /1 worker/);
    assert.match(settings(), /redis:\/\/:\$\{secret:url\}@127/);
  });

  test('with the scheme of another broker are recognised, and corrected by one row after the other', async () => {
    await scene.window.runCommand('Celery: Add Connection…');
    await scene.window.promptSaying('broker_url');
    await scene.window.enter(`amqp://127.0.0.1:${broker.port}//`);
    await testEndsWith(/Failed at "Sign in"/);
    assert.match((await firstRows()).join(' '), /^Use redis:\/\/ .*Redis answers at/);
    await scene.window.screenshots('connection-add-protocol');
    await scene.window.pick('Use redis://');
    await eventually(async () => assert.equal((await firstRows())[0], 'Correct Password…'));
    await scene.window.screenshots('connection-add-password');
    await set(['Correct Password…', 'Enter Password…', `> ${password}`]);
    await testEndsWith(/^Connected/);
    await scene.window.page.keyboard.press('Escape');
  });

  test('without the TLS that the broker expects are led to it and to its certificate', async () => {
    const { url = '', caFile = '' } = encrypted;
    await scene.window.runCommand('Celery: Add Connection…');
    await scene.window.promptSaying('broker_url');
    await scene.window.enter(url.replace('rediss:', 'redis:').replace(/\?.*/, ''));
    await testEndsWith(/Failed at "TLS handshake"/);
    await scene.window.screenshot('connection-add-tls');
    await scene.window.pick('Use rediss://');
    await eventually(async () => assert.equal((await firstRows())[0], 'Correct Certificates (TLS)…'));
    await set(['Correct Certificates (TLS)…', 'Own CA…', `> ${caFile}`]);
    await testEndsWith(/^Connected, but no worker answers/);
    await scene.window.page.keyboard.press('Escape');
  });

  test('are saved although the test fails, when the user says so, and then say why they are offline', async () => {
    await scene.window.runCommand('Celery: Add Connection…');
    await scene.window.promptSaying('broker_url');
    await scene.window.enter(`redis://127.0.0.1:${await freePort()}/0`);
    await testEndsWith(/Failed at "Connect to port"/);
    assert.equal((await firstRows())[0], 'Edit URL…');
    await scene.window.screenshot('connection-add-refused');
    await set(['Name', '> broken']);
    await scene.window.pick('Save Anyway');
    await says('broken', /offline, retry in \d+ s/);
    await eventually(async () => assert.match(await troubles(), /Connection refused at/));
  });

  test('are changed on the same page, and tested again', async () => {
    await scene.window.runCommand('Celery: Edit Connection…');
    await scene.window.pick('broken');
    await pageIsOpen();
    await set(['URL', '> redis://no-such-host.invalid:6379/0'], ['Name', '> nowhere']);
    await testEndsWith(/Failed at "Look up host"/);
    await scene.window.pick('Save Anyway');
    await eventually(async () => assert.match(await troubles(), /Host .* not found|could not be looked up/i));
    await says('nowhere', /offline, retry in \d+ s/);
    assert.equal(await description('broken'), 'no row');
    await scene.window.screenshot('connection-unreachable');
  });

  test('with a wrong password say so, and where to correct it', async () => {
    await changePassword('wrong');
    await testEndsWith(/Failed at "Sign in"/);
    await scene.window.screenshot('connection-test-auth');
    await scene.window.pick('Save Anyway');
    await eventually(async () => assert.match(await troubles(), /refused the password.*Edit Connection/));
    await scene.window.screenshots('connection-auth');
    await changePassword(password);
    await testEndsWith(/^Connected: /);
    await scene.window.pick('Save and Connect');
    await says('orders', /1 worker/);
  });

  test('are tested stage by stage from the row, without being changed', async () => {
    await menu('orders', 'Connection', 'Test Connection…');
    await testEndsWith(/^Connected: /);
    const rows = (await scene.window.quickPickItems()).map(({ label, description: said }) => `${label} ${said}`);
    assert.match(rows.join('\n'), /Sign in ok · \d+ ms/);
    // The list draws what fits; its last rows come with a filter.
    await scene.window.page.keyboard.type('Ping workers');
    const [ping] = await scene.window.quickPickItems();
    assert.match(ping?.description ?? '', /^ok · \d+ ms · 1 worker answered: api@/);
    await scene.window.page.keyboard.press('Escape');
  });

  test('are closed and opened again from their rows, and stay closed in the next window', async () => {
    await menu('orders', 'Disconnect');
    await says('orders', /not connected/);
    await scene.window.screenshot('connection-disconnected');
    await scene.window.reload();
    await says('orders', /not connected/);
    await scene.window.pressInRow('Clusters', 'orders', /^Connect\b/);
    await says('orders', /1 worker/);
  });

  test('are made writable after a question, and read-only without one', async () => {
    await menu('orders', 'Connection', 'Toggle Read-Only…');
    await eventually(async () => assert.match((await scene.window.dialogs())[0]?.text ?? '', /Make orders writable/));
    await scene.window.press('Make Writable');
    await eventually(async () => assert.doesNotMatch(await description('orders'), /read-only|no row/));
    await menu('orders', 'Connection', 'Toggle Read-Only…');
    await says('orders', /read-only/);
  });

  test('show their URL without the password, also where it is copied', async () => {
    const copied = async (): Promise<void> => {
      const said = (await scene.window.statusBar()).map(({ text }) => text).join('\n');
      assert.match(said, /Copied redis:\/\/:\*{8}@127/);
    };
    await eventually(async () => {
      await scene.window.page.keyboard.press('Escape');
      await menu('orders', 'Connection', 'Copy Masked URL');
      await eventually(copied, 3_000);
    });
    await scene.window.row('Clusters', 'orders').hover();
    await eventually(async () => {
      const hover = await scene.window.page.locator('.monaco-hover').allInnerTexts();
      assert.match(hover.join('\n'), /redis:\/\/:\*+@127/);
    });
  });

  test('go into a file without their passwords', async () => {
    await scene.window.runCommand('Celery: Export Connections…');
    await scene.window.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    const file = join(scene.vscode.folder, 'workspace', 'celeriac-connections.json');
    await eventually(async () => {
      const input = scene.window.page.locator('.quick-input-widget input.input').first();
      assert.match(await input.inputValue(), /celeriac-connections\.json$/);
    });
    await scene.window.page.keyboard.press('Enter');
    await eventually(() => assert.match(readFileSync(file, 'utf8'), /"name": "orders"/));
  });

  test('are removed after a question that says what goes', async () => {
    await menu('nowhere', 'Connection', 'Remove Connection…');
    await eventually(async () => {
      const [dialog] = await scene.window.dialogs();
      assert.match(`${dialog?.text} ${dialog?.detail}`, /Remove the connection nowhere\?.*Deletes its entry/);
    });
    await scene.window.screenshot('connection-remove');
    await scene.window.press('Remove');
    await eventually(async () => assert.equal(await description('nowhere'), 'no row'));
    assert.doesNotMatch(settings(), /nowhere/);
  });

  test('come back from a file: none is replaced without a word, and their passwords are asked for', async () => {
    const file = join(scene.vscode.folder, 'workspace', 'celeriac-connections.json');
    const [orders] = JSON.parse(readFileSync(file, 'utf8')).connections;
    writeFileSync(
      file,
      JSON.stringify({ connections: [orders, { ...orders, name: 'copied', environment: 'staging' }] }),
    );
    await scene.window.runCommand('Celery: Import Connections…');
    const list = scene.window.page.locator('.quick-input-widget');
    const input = list.locator('input.input').first();
    await eventually(async () => assert.match(await input.inputValue(), /\/workspace\/$/));
    await eventually(async () => {
      await input.fill(file, { timeout: 2_000 });
      await scene.window.page.keyboard.press('Enter');
      await list.getByText('A connection with this name exists').waitFor({ timeout: 3_000 });
    });
    await list.getByRole('button', { name: 'OK' }).click();
    await scene.window.pick('Keep Existing');
    await answer(['Password of the broker', password]);
    await says('copied', /^STAGING · not connected/);
    assert.equal((await scene.window.treeRows('Clusters')).filter(({ label }) => label === 'orders').length, 1);
    await scene.window.runCommand('Celery: Switch Connection…');
    await scene.window.pick('copied');
    await says('copied', /1 worker/);
  });

  test('ask for a password each time, when the user wants it so', async () => {
    await menu('copied', 'Connection', 'Edit Connection…');
    await pageIsOpen();
    await set(['Password', 'Ask Each Time']);
    await testEndsWith(/^Connected: /);
    await scene.window.pick('Save and Connect');
    await says('copied', /1 worker/);
    assert.match(settings(), /\$\{ask:url\}/);
    await scene.window.reload();
    await says('orders', /1 worker/);
    await scene.window.runCommand('Celery: Connect');
    await answer(['kept in memory until VS Code ends', password]);
    await says('copied', /1 worker/);
  });

  test('leave their password nowhere: not in a file, not on the screen, not among the arguments of a process', async () => {
    const spellings = [password, encodeURIComponent(password)];
    const holds = (text: string): boolean => spellings.some((each) => text.includes(each));
    const files = globSync('**/*', { cwd: scene.vscode.folder, withFileTypes: true }).filter((each) => each.isFile());
    assert.ok(files.some(({ name }) => name === 'celeriac-connections.json'));
    const own = files.filter(({ parentPath }) => !/extensions\/celeriac|CachedProfilesData/.test(parentPath));
    const found = own.filter(({ parentPath, name }) => holds(readFileSync(join(parentPath, name), 'latin1')));
    assert.deepEqual(
      found.map(({ parentPath, name }) => join(parentPath, name)),
      [],
    );
    assert.match(scene.vscode.logFiles(), /The backend runs as process/);
    assert.ok(!holds(await scene.window.page.content()));
    const processes = await descendantsOf(process.pid);
    assert.ok(processes.some(({ command }) => command.includes('server.js')));
    assert.deepEqual(
      processes.filter(({ command }) => holds(command)).map(({ command }) => command),
      [],
    );
  });

  test('complain about nothing', () => assert.deepEqual(scene.window.errors, []));
});
