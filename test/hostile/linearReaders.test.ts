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

/** What a reader may take for a megabyte, or for the largest text that it is ever given, before the loop is blocked. */
const longestMs = 50;
/** On the thread of the workspace only other questions about code wait. */
const longestApartMs = 500;
/** A machine that does much else at the same time makes even the clock of a thread run fast. */
const noise = 2;
const megabyte = kilobyte * kilobyte;

interface Given {
  /** The largest text that it gets, and what sees to that. */
  readonly most?: number;
  /** How often it reads the text in the list of readers. */
  readonly times?: number;
  /** Whether it reads on the thread of the workspace, where no event waits for it. */
  readonly isApart?: true;
  readonly why: string;
}

const given: Readonly<Record<string, Given>> = {
  'Redactor.value': { times: 3, why: 'as a value of a list, as a name and as its value' },
  'namePatterns: the name': { times: 2, why: 'by two sets of patterns' },
  readEnvFile: { most: 128 * kilobyte, times: 2, isApart: true, why: 'discoveryLimits.bytesPerSettingsFile' },
  readIniFile: { most: 128 * kilobyte, times: 3, isApart: true, why: 'discoveryLimits.bytesPerSettingsFile' },
  readTomlFile: { most: 128 * kilobyte, isApart: true, why: 'discoveryLimits.bytesPerSettingsFile' },
  interpolate: { most: 128 * kilobyte, isApart: true, why: 'a value of such a file' },
  'readEnvFile of a launch': { most: 128 * kilobyte, times: 2, why: 'the extension host, when a session starts' },
  parsePython: { most: 256 * kilobyte, isApart: true, why: 'largestFile of workspaceSource' },
  readApps: { most: 256 * kilobyte, isApart: true, why: 'sizeLimit of celeryCode' },
  readTasks: { most: 256 * kilobyte, isApart: true, why: 'sizeLimit of taskIndex' },
  readArguments: { most: 64 * kilobyte, why: 'a line that a person types, in the extension host' },
  readComposeFile: { most: 128 * kilobyte, isApart: true, why: 'discoveryLimits.bytesPerSettingsFile' },
  readEditorRules: { most: 256 * kilobyte, times: 2, isApart: true, why: 'longestConfigBytes of checkConfigSource' },
  'beatCommands: Procfile': { most: 256 * kilobyte, isApart: true, why: 'largestFile of workspaceSource' },
};

/** A fixed work of the kind that readers do. A busy machine shares its caches: then everything takes longer, and this too. */
const usualMs = 6;
const sample = 'a1.'.repeat(350_000);
const slowness = (): number => Math.max(1, leastMs((text) => text.replaceAll(/\d+/g, 'x').length, sample, 5) / usualMs);

/** By the clock of this thread, which stands still while the machine does something else. */
const leastMs = (read: Read, text: string, runs: number): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let done = 0; done < runs; done++) {
    const before = process.threadCpuUsage();
    run(read, text);
    const { user, system } = process.threadCpuUsage();
    least = Math.min(least, (user + system - before.user - before.system) / 1_000);
  }
  return least;
};

const blocks = (name: string, read: Read, text: Text): number | null => {
  const { most = megabyte, times = 1, isApart = false } = given[name] ?? {};
  const limit = isApart ? longestApartMs : longestMs;
  const whole = text(most);
  const takes = (runs: number): number => leastMs(read, whole, runs) / times;
  // One look is enough for most.
  if (takes(1) <= limit) return null;
  const ms = takes(6) / slowness();
  return ms > limit * noise ? ms : null;
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
      const ms = nasty === undefined ? null : blocks(name, read, nasty.text);
      assert.equal(ms, null, `${name} blocks the loop for ${ms?.toFixed(0)} ms on ${nasty?.name}`);
    });
  }
});
