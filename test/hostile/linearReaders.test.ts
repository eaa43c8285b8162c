import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nastyTexts } from '../unit/linear/nastyTexts.ts';
import { readers } from '../unit/linear/readers.ts';

type Read = (text: string) => unknown;
type Text = (length: number) => string;

/** What takes less is not looked at again: a reader that goes back over 16 KB takes far more. */
const suspiciousMs = 8;
const measuredMs = 30;
const mostPerDoubling = 2.5;
const kilobyte = 1_024;

const run = (read: Read, text: string): void => {
  try {
    read(text);
  } catch {
    // A reader may refuse a text, soon.
  }
};

const msFor = (read: Read, text: string): number => {
  const before = performance.now();
  run(read, text);
  return performance.now() - before;
};

/** The mean of as many runs as the clock of this thread needs, which stands still while the machine does something else. */
const meanMs = (read: Read, text: string): number => {
  const before = process.threadCpuUsage();
  for (let runs = 1; ; runs++) {
    run(read, text);
    const { user, system } = process.threadCpuUsage();
    const ms = (user + system - before.user - before.system) / 1_000;
    if (ms >= measuredMs) return ms / runs;
  }
};

/**
 * Over several doublings at once, which tell a square from a line. Only a suspicion is measured with care, twice, so that
 * neither a busy machine nor the collection of garbage makes a reader look slow.
 */
const growsTooFast = (read: Read, text: Text, from: number, to: number): boolean => {
  const most = mostPerDoubling ** Math.log2(to / from);
  const [small, large] = [text(from), text(to)];
  const ms = msFor(read, large);
  return (
    ms > suspiciousMs &&
    ms > most * msFor(read, small) &&
    [1, 2].every(() => meanMs(read, large) > most * meanMs(read, small))
  );
};

describe('a reader of foreign texts takes at most in proportion to the text', () => {
  for (const [name, read] of Object.entries(readers)) {
    it(name, () => {
      let slowest = { nasty: nastyTexts[0], ms: 0 };
      for (const nasty of nastyTexts) {
        const ms = msFor(read, nasty.text(16 * kilobyte));
        const isSuspect = ms > suspiciousMs && growsTooFast(read, nasty.text, kilobyte, 16 * kilobyte);
        assert.ok(!isSuspect, `${name} grows too fast on ${nasty.name}`);
        if (ms > slowest.ms) slowest = { nasty, ms };
      }
      const { nasty } = slowest;
      const isSuspect = nasty !== undefined && growsTooFast(read, nasty.text, 4 * kilobyte, kilobyte * kilobyte);
      assert.ok(!isSuspect, `${name} grows too fast on ${nasty?.name} of 1 MB`);
    });
  }
});
