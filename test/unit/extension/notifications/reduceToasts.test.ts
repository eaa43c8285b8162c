import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultPolicy, isSilent, type Policy, readQuietHours } from '../../../../extension/notifications/policy.ts';
import { noToasts, reduceToasts } from '../../../../extension/notifications/reduceToasts.ts';
import type { Recovery, Signal, Toast } from '../../../../extension/notifications/toasts.ts';
import { recoveryWords, toastWords } from '../../../../extension/notifications/toastWords.ts';
import type { FailureGroup } from '../../../../server/api/failures.ts';
import { aGroup } from '../failures/someFailures.ts';

const shop = { clusterId: 'shop', name: 'orders-prod' };
const start = 1_700_000_000_000;
const second = 1_000;
const minute = 60_000;

/** Feeds signals at times and keeps what is shown. */
const play = (policy: Partial<Policy> = {}) => {
  let state = noToasts;
  const shown: { readonly at: number; readonly toast: Toast }[] = [];
  const recovered: Recovery[] = [];
  const send = (at: number, signal: Signal): void => {
    const step = reduceToasts(state, signal, { ...defaultPolicy, ...policy }, start + at);
    state = step.state;
    shown.push(...step.toasts.map((toast) => ({ at, toast })));
    recovered.push(...step.recoveries);
  };
  return {
    fail: (at: number, parts: Partial<FailureGroup> = {}, added = 1, isNew = false) =>
      send(at, { kind: 'failures', cluster: shop, failures: [{ group: aGroup(parts), added, isNew }] }),
    condition: (at: number, condition: 'workersLost' | 'brokerAlarm', holds: boolean) =>
      send(at, { kind: 'condition', cluster: shop, condition, holds, detail: 'api@lab' }),
    connect: (at: number) => send(at, { kind: 'connected', cluster: shop }),
    tick: (at: number) => send(at, { kind: 'tick' }),
    next: () => (state.closesAt === null ? null : state.closesAt - start),
    shown,
    recovered,
    words: () => shown.map(({ toast }) => toastWords(toast)),
  };
};

describe('a toast', () => {
  test('tells the first failure of a new kind, five seconds later', () => {
    const { fail, tick, shown, words } = play();
    fail(0, {}, 1, true);
    tick(4_999);
    assert.deepEqual(shown, []);
    tick(5_000);
    assert.deepEqual(words(), ['orders.charge failed on orders-prod (“ConnectionError: broker refused”)']);
  });

  test('says nothing of one more failure of a known kind', () => {
    const { fail, tick, shown } = play();
    for (let at = 0; at < 10; at += 1) fail(at * second, {}, 1, false);
    tick(minute);
    assert.deepEqual(shown, []);
  });

  test('counts what came while it was collected', () => {
    const { fail, tick, words } = play();
    fail(0, {}, 1, true);
    fail(2_000, {}, 36);
    tick(5_000);
    assert.deepEqual(words(), ['orders.charge failed 37 times in 60 s (ConnectionError) on orders-prod']);
  });

  test('names several kinds at once, the most frequent first', () => {
    const { fail, tick, words } = play();
    fail(0, { id: 'a', taskName: 'a.a' }, 2, true);
    fail(1, { id: 'b', taskName: 'b.b', exceptionType: 'KeyError' }, 5, true);
    tick(5_000);
    assert.deepEqual(words(), ['7 tasks failed in 2 ways on orders-prod: b.b (KeyError) ×5, a.a (ConnectionError) ×2']);
  });

  test('tells a burst of a known kind once, not again while it lasts', () => {
    const { fail, tick, shown } = play();
    for (let at = 0; at < 20 * minute; at += second) fail(at, {}, 1);
    tick(21 * minute);
    assert.equal(shown.length, 1);
    assert.equal(shown[0]?.at, 15 * second, 'more than ten within a minute, and five seconds to collect');
  });

  test('tells a burst only when it is more than ten, and more than three times the usual', () => {
    const ten = play();
    ten.fail(0, {}, 10);
    ten.tick(minute);
    assert.deepEqual(ten.shown, []);
    const usual = Array.from({ length: 60 }, () => 20);
    const busy = play();
    busy.fail(0, { perMinute: usual }, 60);
    busy.tick(5_000);
    assert.deepEqual(busy.shown, []);
    busy.fail(6_000, { perMinute: usual }, 1);
    busy.tick(11_000);
    assert.equal(busy.shown.length, 1);
  });

  test('tells of a new kind that becomes a burst a minute later, once', () => {
    const { fail, tick, words } = play();
    fail(0, {}, 1, true);
    tick(5_000);
    for (let at = 20 * second; at < 15 * minute; at += second) fail(at, {}, 1);
    tick(16 * minute);
    assert.equal(words().length, 2);
    assert.match(words()[1] ?? '', /^orders\.charge failed \d\d times in 60 s/);
  });

  test('tells a second burst when the first has long been over', () => {
    const { fail, tick, shown } = play();
    fail(0, {}, 50);
    tick(5_000);
    fail(2 * minute, {}, 1);
    fail(6 * minute, {}, 50);
    tick(7 * minute);
    assert.equal(shown.length, 2);
  });
});

describe('the first minute after connecting', () => {
  test('brings one toast at its end, whatever fails in it', () => {
    const { connect, fail, tick, next, words } = play();
    connect(0);
    fail(3 * second, { id: 'a', taskName: 'a.a' }, 1, true);
    fail(20 * second, { id: 'b', taskName: null, exceptionType: 'KeyError' }, 1, true);
    tick(30 * second);
    fail(50 * second, { id: 'c', taskName: 'c.c' }, 1, true);
    assert.deepEqual(words(), []);
    assert.equal(next(), minute);
    tick(minute);
    assert.deepEqual(words(), [
      '3 tasks failed in 3 ways on orders-prod: a.a (ConnectionError) ×1, KeyError ×1, c.c (ConnectionError) ×1',
    ]);
  });

  test('ends, and then each new kind speaks for itself after five seconds', () => {
    const { connect, fail, tick, words } = play();
    connect(0);
    tick(minute);
    fail(70 * second, {}, 1, true);
    tick(75 * second);
    assert.equal(words().length, 1);
  });

  test('does not hold back that all workers are lost', () => {
    const { connect, condition, words } = play();
    connect(0);
    condition(10 * second, 'workersLost', true);
    assert.equal(words().length, 1);
  });
});

describe('notifications stay few', () => {
  test('10,000 failures a minute of one kind bring one toast', () => {
    const { fail, tick, shown } = play();
    for (let at = 0; at < 10_000; at += 1) fail(at * 6, {}, 1, at === 0);
    tick(2 * minute);
    assert.equal(shown.length, 1);
  });

  test('10,000 failures a minute of a thousand new kinds, for an hour, bring no more than six', () => {
    const { fail, tick, shown, words } = play();
    for (let batch = 0; batch < 600; batch += 1)
      for (let kind = 0; kind < 10; kind += 1) fail(batch * 6_000, { id: `${batch} ${kind}` }, 100, true);
    tick(59 * minute + 59_000);
    assert.equal(shown.length, 5, 'one place is kept for what is worse');
    assert.ok(words().every((text) => text.length < 250));
  });

  test('two thousand kinds that all fail ten times a second cost little', () => {
    const kinds = Array.from({ length: 2_000 }, (_, kind) => aGroup({ id: `kind ${kind}` }));
    let state = noToasts;
    for (let batch = 0; batch < 100; batch += 1) {
      const failures = kinds.map((group) => ({ group, added: 1, isNew: batch === 0 }));
      state = reduceToasts(
        state,
        { kind: 'failures', cluster: shop, failures },
        defaultPolicy,
        start + batch * 100,
      ).state;
    }
    assert.equal(state.watched.size, 2_000);
  });

  test('what was held back is said later', () => {
    const { fail, tick, words } = play({ maxPerHour: 1 });
    fail(0, { id: 'a' }, 1, true);
    tick(5_000);
    fail(minute, { id: 'b' }, 1, true);
    tick(2 * minute);
    fail(61 * minute, { id: 'c' }, 1, true);
    tick(62 * minute);
    assert.equal(words().length, 2);
    assert.match(words()[1] ?? '', /\(1 earlier notifications were held back\)$/);
  });

  test('lost workers are told even when failures have used up the hour', () => {
    const { fail, tick, condition, shown } = play();
    for (let at = 0; at < 10; at += 1) {
      fail(at * minute, { id: `${at}` }, 1, true);
      tick(at * minute + 5_000);
    }
    condition(11 * minute, 'workersLost', true);
    assert.equal(shown.length, 6);
    assert.equal(shown.at(-1)?.toast.kind, 'condition');
  });

  test('none appear when they are turned off, muted, or at quiet hours', () => {
    for (const policy of [
      { isEnabled: false },
      { mutedUntil: start + 10 * minute },
      { maxPerHour: 0 },
      { quietHours: { from: 0, to: 1439 } },
    ]) {
      const { fail, tick, condition, shown } = play(policy);
      fail(0, {}, 50, true);
      tick(5_000);
      condition(6_000, 'workersLost', true);
      if (policy.maxPerHour !== 0) assert.deepEqual(shown, [], JSON.stringify(policy));
    }
  });

  test('of a muted connection nothing is told until its time is over, and the others are told as ever', () => {
    const muted = play({ mutedConnections: { shop: start + minute, mail: start + 60 * minute } });
    muted.fail(0, {}, 1, true);
    muted.tick(5_000);
    muted.condition(6_000, 'workersLost', true);
    assert.deepEqual(muted.shown, []);
    muted.fail(61 * second, { id: 'later' }, 1, true);
    muted.tick(66 * second);
    assert.equal(muted.shown.length, 1);
  });

  test('only wanted tasks and exceptions are told', () => {
    const { fail, tick, words } = play({ onlyTasks: ['orders.*'], ignoredExceptions: ['KeyError', 'shop.*'] });
    fail(0, { id: 'a', taskName: 'mail.send' }, 20, true);
    fail(0, { id: 'b', exceptionType: 'KeyError' }, 20, true);
    fail(0, { id: 'c', exceptionType: 'shop.payments.PaymentDeclined' }, 20, true);
    fail(0, { id: 'd', exceptionType: 'kombu.exceptions.KeyError' }, 20, true);
    fail(0, { id: 'e' }, 20, true);
    tick(5_000);
    assert.deepEqual(words(), ['orders.charge failed 20 times in 60 s (ConnectionError) on orders-prod']);
  });

  test('a muted kind of failure is not told, also when it was muted while it was collected', () => {
    const { fail, tick, shown } = play();
    fail(0, { id: 'a', mute: { kind: 'forever' } }, 50, true);
    fail(0, { id: 'b' }, 1, true);
    fail(1_000, { id: 'b', mute: { kind: 'change' } }, 1);
    tick(5_000);
    assert.deepEqual(shown, []);
  });

  test('the level leaves out new kinds, or all failures', () => {
    const bursts = play({ level: 'bursts' });
    bursts.fail(0, {}, 1, true);
    bursts.tick(5_000);
    assert.deepEqual(bursts.shown, []);
    bursts.fail(6_000, {}, 20);
    bursts.tick(11_000);
    assert.equal(bursts.shown.length, 1);
    const critical = play({ level: 'critical' });
    critical.fail(0, {}, 50, true);
    critical.tick(5_000);
    assert.deepEqual(critical.shown, []);
    critical.condition(6_000, 'brokerAlarm', true);
    assert.equal(critical.shown.length, 1);
  });
});

describe('lost workers and a broker alarm', () => {
  test('are told once, and their end goes to the status bar', () => {
    const { condition, words, recovered } = play();
    condition(0, 'workersLost', false);
    condition(1, 'workersLost', true);
    condition(2, 'workersLost', true);
    condition(3, 'workersLost', false);
    assert.deepEqual(words(), ['All workers of orders-prod are lost (api@lab). No task is running there.']);
    assert.deepEqual(recovered.map(recoveryWords), ['orders-prod: workers are back']);
  });

  test('do not flap: the same again within five minutes is silent', () => {
    const { condition, shown } = play();
    for (let at = 0; at < 10; at += 1) condition(at * 10 * second, 'brokerAlarm', at % 2 === 0);
    assert.equal(shown.length, 1);
    condition(6 * minute, 'brokerAlarm', true);
    assert.equal(shown.length, 2);
  });
});

test('quiet hours may go over midnight, and nonsense is none', () => {
  const at = (hours: number, minutes = 0) => new Date(2026, 10, 20, hours, minutes).getTime();
  const night: Policy = { ...defaultPolicy, quietHours: readQuietHours('22:00-07:30') };
  assert.deepEqual(
    [21, 22, 23, 0, 7].map((hour) => isSilent(night, at(hour))),
    [false, true, true, true, true],
  );
  assert.equal(isSilent(night, at(7, 30)), false);
  const noon: Policy = { ...defaultPolicy, quietHours: readQuietHours('12:00 – 13:00') };
  assert.deepEqual(
    [11, 12, 13].map((hour) => isSilent(noon, at(hour))),
    [false, true, false],
  );
  assert.equal(readQuietHours('at night'), null);
  assert.equal(readQuietHours('25:00-26:00'), null);
});
