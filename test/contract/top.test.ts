import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { root } from '../../scripts/execute.ts';
import { displayWidth } from '../../server/text/displayWidth.ts';
import type { Broker } from '../lab/broker.ts';
import { at, celeriac, commandLine } from './cliProcess.ts';
import { labTest } from './labTest.ts';
import { RecordedTerminal, type TerminalPicture } from './recordedTerminal.ts';

const artifacts = join(root, 'artifacts', 'top');

/** What a person would see, to be looked at afterwards. */
const keep = (name: string, { screen }: TerminalPicture): void => {
  mkdirSync(artifacts, { recursive: true });
  writeFileSync(join(artifacts, `${name}.txt`), `${screen.join('\n')}\n`);
};

const start = (t: TestContext, broker: Broker, size: readonly [number, number]): RecordedTerminal => {
  const top = new RecordedTerminal([...commandLine, 'top', ...at(broker)], size, { NO_COLOR: '1' });
  t.after(() => top.close());
  return top;
};

const fits = ({ screen }: TerminalPicture, [columns, rows]: readonly [number, number]): void => {
  assert.equal(screen.length, rows);
  for (const line of screen) assert.ok(displayWidth(line) <= columns, line);
};

describe('celeriac top', { concurrency: 2 }, () => {
  labTest('shows, filters and opens what there is at 80 × 24, and acts when it was confirmed', async (lab, t) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'one', concurrency: 1, queues: ['default'] });
    const top = start(t, broker, [80, 24]);
    await top.shows(/1 worker online/);
    await lab.send({ broker, task: 'lab.echo', args: ['hello'], queue: 'default', count: 12 });
    const [failed = ''] = await lab.send({ broker, task: 'lab.fail', queue: 'default' });
    const [held = ''] = await lab.send({ broker, task: 'lab.sleep', args: [600], queue: 'default', count: 2 });
    keep('tasks-80x24', await top.shows(/STARTED +lab\.sleep[\s\S]*FAILURE +lab\.fail/));
    fits(await top.do({}), [80, 24]);

    await top.press('/', /Filter: ▏/);
    keep('filter-error-80x24', await top.press('stat:x', /Filter: stat:x▏ +Query, character 1: Unknown field/));
    await top.press('\u0015stat\tFAIL\t', /Filter: state:FAILURE ▏/);
    const filtered = await top.press('\r', /\[1 Tasks 1\][\s\S]*Filter: state:FAILURE +Esc Remove/);
    assert.ok(
      filtered.screen.some((line) => line.startsWith('> ') && line.includes('lab.fail')),
      filtered.screen.join('\n'),
    );
    const page = await top.press('\r', new RegExp(failed));
    keep('task-80x24', page);
    assert.match(page.screen.join('\n'), /LabError/);

    await top.press('r', new RegExp(`Retry lab\\.fail ${failed.slice(0, 8)}.*`));
    await top.press('n', /Cancelled: nothing was sent\./);
    await top.press('r', /\[y\/N\]|Retry/);
    await top.press('y', /Sent again as [\da-f-]{36}\./);
    // Back to the list, without the filter.
    await top.press('\u001b', /\[1 Tasks 1\]/);
    await top.press('\u001b', (picture) => !picture.screen.join('\n').includes('Filter: state:FAILURE'));

    await top.press('2', /\[2 Workers 1\][\s\S]*one@lab/);
    keep('workers-80x24', await top.do({}));
    await top.press('\r', /\[1 Tasks \d+\][\s\S]*Filter: worker:one@lab/);
    await top.press('3', /\[3 Queues \d\][\s\S]*default/);
    keep('queues-80x24', await top.do({}));
    await top.press('4', /\[4 Failures 1\][\s\S]*LabError/);
    keep('failures-80x24', await top.do({}));
    await top.press('5', /\[5 Alerts/);
    keep('alerts-80x24', await top.do({}));
    keep('help-80x24', await top.press('?', /Keys[\s\S]*revoke the chosen task/));
    await top.press('\u001b', /\[5 Alerts/);

    await top.press(`1/\u0015id:${held}\r`, /> .*lab\.sleep/);
    await top.press('x', /Revoke lab\.sleep/);
    await top.press('y', /Revoked [\da-f-]+: 1 worker confirmed\./);

    const over = await top.press('q', ({ ended }) => ended !== null);
    assert.deepEqual([over.ended, over.isOther, over.hasCursor, over.isRaw], [0, false, true, false]);
  });

  labTest(
    'follows the size of the terminal, the broker and the shell, and leaves the terminal as it was',
    async (lab, t) => {
      const broker = await lab.redis();
      const worker = await lab.worker({ broker, name: 'one', concurrency: 1, queues: ['default'] });
      const top = start(t, broker, [80, 24]);
      await top.shows(/1 worker online/);
      await lab.send({ broker, task: 'lab.echo', args: ['hello'], queue: 'default', count: 5 });
      await top.shows(/SUCCESS +lab\.echo/);
      await top.do({ resize: [200, 60] });
      const wide = await top.shows(({ screen }) => (screen.at(-1) ?? '').startsWith('q Quit'));
      keep('tasks-200x60', wide);
      fits(wide, [200, 60]);
      assert.match(wide.screen.join('\n'), /[\da-f]{8}-[\da-f]{4}-/, 'whole ids where there is room');
      await top.do({ resize: [40, 10] });
      fits(await top.shows(({ screen }) => screen.some((line) => line.startsWith('q Quit'))), [40, 10]);
      await top.do({ resize: [80, 24] });
      await top.shows(/SUCCESS +lab\.echo/);

      // An unchanged picture costs nothing.
      await top.press(' ', /PAUSED/);
      const before = await top.do({ wait: 0.2 });
      const after = await top.do({ wait: 2.5 });
      assert.ok(after.written - before.written < 200, `${after.written - before.written} characters in 2.5 s`);
      await top.press(' ', (picture) => !picture.screen.join('\n').includes('PAUSED'));

      await broker.kill();
      keep('broker-lost-80x24', await top.shows(/next attempt/));
      assert.match((await top.do({})).screen.join('\n'), /lab\.echo/, 'what was known stays');
      await broker.start();
      await top.shows(/1 worker online/, 40_000);
      assert.ok(worker.isRunning);

      await top.do({ type: '\u001a' });
      const asleep = await top.shows(({ isOther }) => !isOther);
      assert.deepEqual([asleep.isRaw, asleep.hasCursor, asleep.ended], [false, true, null]);
      await top.do({ signal: 'SIGCONT' });
      const awake = await top.shows(/lab\.echo/);
      assert.deepEqual([awake.isOther, awake.isRaw], [true, true]);

      await top.do({ signal: 'SIGTERM' });
      const over = await top.shows(({ ended }) => ended !== null);
      assert.deepEqual([over.isOther, over.hasCursor, over.isRaw], [false, true, false]);
    },
  );

  labTest('needs a terminal, and says what to use without one', async (lab, t) => {
    const broker = await lab.filesystem();
    const { code, stderr } = await celeriac(['top', ...at(broker)]);
    assert.equal(code, 2);
    assert.match(stderr, /"top" requires a terminal\. Without one, use "celeriac status --watch"/);
    const wrong = new RecordedTerminal([...commandLine, 'top', 'stat:x', ...at(broker)], [80, 24]);
    t.after(() => wrong.close());
    const { screen } = await wrong.shows(({ ended }) => ended !== null);
    assert.match(screen.join('\n'), /Unknown field "stat"[\s\S]*\n {2}stat:x\n {2}\^\^\^\^/);
  });
});
