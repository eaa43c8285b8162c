import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Severity } from '../../../server/api/health.ts';
import { inWords, phrase } from '../../../server/api/phrase.ts';
import { adviceOf } from '../../../server/health/adviceOf.ts';
import { AlertBook } from '../../../server/health/alertBook.ts';
import { type Measurement, ofQueue } from '../../../server/health/measurement.ts';
import type { HealthRule } from '../../../server/health/rule.ts';
import { type RuleName, ruleNames, ruleTable } from '../../../server/health/ruleTable.ts';

const figureOf = (rule: RuleName, figure: number): Measurement => ({
  rule,
  subject: ofQueue('it'),
  figure,
  what: (limit) => phrase('health.brokerAlarm', { reason: phrase('plain', { text: `it is ${figure}` }), limit }),
});

/** A book that is told one figure at a time. */
const watch = (rule: RuleName, options: ConstructorParameters<typeof AlertBook>[0] = {}) => {
  const book = new AlertBook(options);
  return {
    book,
    at: (seconds: number, figure: number | null): Severity | null => {
      book.evaluate(figure === null ? [] : [figureOf(rule, figure)], seconds * 1_000);
      return book.all[0]?.severity ?? null;
    },
  };
};

const tiny = 1e-6;

for (const name of ruleNames) {
  const rule: HealthRule = ruleTable[name];
  describe(`${name}: ${rule.watches}`, () => {
    for (const level of rule.levels) {
      const { severity, above, forSeconds } = level;
      const only = { settings: { [name]: onlyLevel(rule, severity) } };

      test(`is ${severity} above ${above}, not at it, after ${forSeconds} s and not before`, () => {
        const { at } = watch(name, only);
        assert.equal(at(0, above), null);
        assert.equal(at(1, above + tiny), forSeconds === 0 ? severity : null);
        if (forSeconds > 0) assert.equal(at(forSeconds + 0.999, above + 1), null);
        assert.equal(at(1 + forSeconds, above + 1), severity);
      });

      test(`${severity} ends below ${rule.endsBelow} of it, after ${rule.endsAfterSeconds} s`, () => {
        const { at } = watch(name, only);
        at(0, above + 1);
        assert.equal(at(forSeconds, above + 1), severity);
        const ends = above * rule.endsBelow;
        if (ends < above) assert.equal(at(forSeconds + 1_000, ends + tiny), severity);
        const low = forSeconds + 2_000;
        if (rule.endsAfterSeconds > 0) {
          assert.equal(at(low, ends), severity);
          assert.equal(at(low + rule.endsAfterSeconds - 0.001, ends), severity);
        }
        assert.equal(at(low + rule.endsAfterSeconds, ends), null);
      });
    }

    test('says what to do', () => {
      assert.ok(inWords(adviceOf(name)).endsWith('.') && rule.watches.length > 10);
      const order = ['info', 'warning', 'critical'];
      const severities = rule.levels.map(({ severity }) => order.indexOf(severity));
      assert.deepEqual(severities, [...severities].sort());
    });
  });
}

/** The settings that leave a rule just one of its levels. */
function onlyLevel(rule: HealthRule, severity: Severity) {
  return Object.fromEntries(
    rule.levels.filter((level) => level.severity !== severity).map((level) => [level.severity, Number.MAX_VALUE]),
  );
}

test('a figure that flaps around its threshold raises one alert, not many', () => {
  const { book, at } = watch('queueDepth');
  at(0, 1_100);
  at(600, 1_100);
  const since = book.all[0]?.since;
  let changes = 0;
  for (let second = 601; second < 900; second++) {
    const before = book.all.length;
    at(second, second % 2 === 0 ? 990 : 1_010);
    changes += Number(before !== book.all.length);
  }
  assert.equal(changes, 0);
  assert.equal(book.all[0]?.since, since);
});

test('a figure that is back within its threshold is recovering, as is one that is not known any more', () => {
  const { book, at } = watch('failureRate');
  at(0, 0.1);
  const shown = (): readonly unknown[] => [book.all[0]?.recovering, book.all[0]?.sentence];
  assert.deepEqual(shown(), [false, 'it is 0.1 (threshold 5%)']);
  at(10, 0.03);
  assert.deepEqual(shown(), [true, 'it is 0.03 (threshold 5%, recovering)']);
  at(20, 0.1);
  assert.deepEqual(shown(), [false, 'it is 0.1 (threshold 5%)']);
  const { changed } = book.evaluate([], 30_000);
  assert.deepEqual([changed.length, book.all[0]?.recovering], [1, true]);
});

test('one dip below the end does not end it, as long as it does not last', () => {
  const { at } = watch('queueDepth');
  at(0, 1_100);
  at(600, 1_100);
  for (let second = 610; second < 900; second += 20) {
    assert.equal(at(second, 0), 'warning');
    assert.equal(at(second + 10, 1_100), 'warning');
  }
});

test('what must last begins anew after each break, before it is raised', () => {
  const { at } = watch('queueDepth');
  for (let second = 0; second < 2_000; second += 10) assert.equal(at(second, second % 500 === 490 ? 900 : 1_100), null);
});

test('a warning becomes critical and goes back, as one alert with one beginning', () => {
  const { book, at } = watch('failureRate');
  assert.equal(at(0, 0.3), 'warning');
  assert.equal(at(299, 0.3), 'warning');
  assert.equal(at(300, 0.3), 'critical');
  assert.equal(book.all[0]?.since, 0);
  at(310, 0.1);
  assert.deepEqual([book.all[0]?.severity, book.all[0]?.recovering], ['critical', false]);
  assert.equal(book.all[0]?.sentence, 'it is 0.1 (threshold 5%)');
  assert.equal(at(370, 0.1), 'warning');
  assert.equal(book.all[0]?.since, 0);
  at(380, 0);
  assert.equal(at(440, 0), null);
});

test('a figure that nobody knows any more ends its alert as a low one does', () => {
  const { book, at } = watch('failureRate');
  assert.equal(at(0, 0.1), 'warning');
  assert.equal(at(10, null), 'warning');
  assert.equal(at(69, null), 'warning');
  const { gone } = book.evaluate([], 70_000);
  assert.deepEqual(
    gone.map(({ id }) => id),
    ['failureRate:it'],
  );
});

test('the sentence shows the figure, the threshold and its duration', () => {
  const { book, at } = watch('queueDepth');
  at(0, 1_204);
  at(600, 1_204);
  const alert = book.all[0];
  assert.equal(alert?.sentence, 'it is 1204 (threshold 1,000 for 10 m)');
  assert.deepEqual([alert?.figure, alert?.threshold, alert?.unit], [1_204, 1_000, 'count']);
});

test('a threshold of the cluster itself stands in for that of the rule', () => {
  const book = new AlertBook();
  const figure = { ...figureOf('visibilityTimeout', 700), threshold: 600 };
  book.evaluate([figure], 0);
  assert.deepEqual([book.all[0]?.threshold, book.all[0]?.figure], [600, 700]);
});

test('settings move thresholds and durations, add a level, and turn a rule off', () => {
  const moved = watch('queueDepth', { settings: { queueDepth: { warning: 10, warningAfterSeconds: 5 } } });
  assert.equal(moved.at(0, 11), null);
  assert.equal(moved.at(5, 11), 'warning');
  const added = watch('queueGrowth', { settings: { queueGrowth: { critical: 50 } } });
  assert.equal(added.at(0, 51), 'critical');
  const off = watch('queueDepth', { settings: { queueDepth: { enabled: false } } });
  off.at(0, 10_000);
  assert.equal(off.at(10_000, 10_000), null);
});

test('a rule that is turned off while its alert stands ends it', () => {
  const { book, at } = watch('queueUnconsumed');
  assert.equal(at(0, 5), 'warning');
  book.set({ queueUnconsumed: { enabled: false } });
  assert.equal(at(1, 5), null);
});

test('in one look what must last counts as if it had', () => {
  assert.equal(watch('queueDepth', { atOnce: true }).at(0, 6_000), 'critical');
});

test('acknowledged is acknowledged until it gets worse or comes again', () => {
  const { book, at } = watch('failureRate');
  at(0, 0.3);
  book.acknowledge('failureRate:it', 1_000);
  assert.equal(book.all[0]?.acknowledgedAt, 1_000);
  at(200, 0.31);
  assert.equal(book.all[0]?.acknowledgedAt, 1_000);
  at(300, 0.3);
  assert.equal(book.all[0]?.acknowledgedAt, null);
});

test('a mute holds for the alert that stands and for the next one, until its end', () => {
  const { book, at } = watch('queueUnconsumed');
  at(0, 5);
  book.mute('queueUnconsumed:it', 100_000);
  at(1, 5);
  assert.equal(book.all[0]?.mutedUntil, 100_000);
  at(2, 0);
  at(3, 5);
  assert.equal(book.all[0]?.mutedUntil, 100_000);
  const { changed } = book.evaluate([figureOf('queueUnconsumed', 5)], 100_000);
  assert.deepEqual(
    changed.map(({ mutedUntil }) => mutedUntil),
    [null],
  );
});

test('only what looks different is told again', () => {
  const { book } = watch('queueUnconsumed');
  assert.equal(book.evaluate([figureOf('queueUnconsumed', 5)], 0).changed.length, 1);
  assert.equal(book.evaluate([figureOf('queueUnconsumed', 5)], 1).changed.length, 0);
  assert.equal(book.evaluate([figureOf('queueUnconsumed', 6)], 2).changed.length, 1);
});
