import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { WindowTurn } from '../../../../extension/notifications/windowTurn.ts';

describe('of several windows on one cluster', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'celeriac-turn-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const waits: number[] = [];
  const aWindow = (windowId: string, isFocused = false) =>
    new WindowTurn({ folder, windowId, isFocused: () => isFocused, wait: async (ms) => waits.push(ms) });
  const graceOf = async (window: WindowTurn): Promise<number> => {
    waits.length = 0;
    await window.take('grace');
    return waits[0] ?? assert.fail();
  };

  test('one speaks of what all have heard, and only one', async () => {
    const [a, b] = [aWindow('a'), aWindow('b')];
    assert.equal(await a.take('failures of shop'), true);
    assert.equal(await b.take('failures of shop'), false);
  });

  test('who speaks may go on', async () => {
    const a = aWindow('a');
    assert.equal(await a.take('failures of shop'), true);
    assert.equal(await a.take('failures of shop'), true);
  });

  test('only one of many takes a turn that is long over', async () => {
    await aWindow('a').take('failures of shop');
    const long = new Date(Date.now() - 60_000);
    for (const file of readdirSync(folder)) utimesSync(join(folder, file), long, long);
    assert.equal(await aWindow('b').take('failures of shop'), true);
    assert.equal(await aWindow('c').take('failures of shop'), false);
    assert.equal(readdirSync(folder).length, 1);
  });

  test('each subject has a turn of its own', async () => {
    assert.equal(await aWindow('a').take('failures of shop'), true);
    assert.equal(await aWindow('b').take('failures of mail'), true);
  });

  test('the one that is looked at does not wait, the one looked at last waits for it, all others wait for both', async () => {
    const [looked, last, other] = [aWindow('a', true), aWindow('b'), aWindow('c')];
    await last.focused();
    assert.equal(await graceOf(looked), 0);
    assert.ok((await graceOf(last)) > 0);
    assert.ok((await graceOf(other)) > (await graceOf(last)));
  });

  test('all speak where the folder cannot be used, rather than none', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const window = new WindowTurn({ folder: file, windowId: 'a', isFocused: () => true });
    assert.equal(await window.take('failures of shop'), true);
  });
});
