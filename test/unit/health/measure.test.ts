import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inWords, phrase, type Worded } from '../../../server/api/phrase.ts';
import type { RunningTask } from '../../../server/health/facts.ts';
import { measure } from '../../../server/health/measure.ts';
import { aWorker } from '../aSnapshot.ts';
import { plainWords } from '../plainWords.ts';
import { aGroup, aPulse, aQueue, aSurvey, figuresOf, name, noon, secondsAgo, someFacts } from './someFacts.ts';

const online = aWorker({ lastSeenAt: secondsAgo(1) });
const lost = aWorker({ status: 'lost', lastSeenAt: secondsAgo(90) });
const offline = aWorker({ status: 'offline', lastSeenAt: secondsAgo(90) });
const unasked = { surveys: new Map(), surveyedAt: null };

test('a cluster that is well has no figure above a threshold, and one figure for each rule and subject', () => {
  const figures = measure(someFacts({ queues: [aQueue()] }));
  const ids = figures.map(({ rule, subject }) => `${rule} ${subject.name}`);
  assert.equal(new Set(ids).size, ids.length);
  const restless = figures.filter(({ rule, figure }) => figure > 0 && !['workerDeaf', 'duplicateNames'].includes(rule));
  assert.deepEqual(restless, []);
  assert.deepEqual(figuresOf('duplicateNames', {}), { [name]: 1 });
});

describe('noWorkers', () => {
  const figure = (parts: Parameters<typeof someFacts>[0]) => figuresOf('noWorkers', parts ?? {})[''];
  test('counts those that are heard or late as alive, not those that are lost or left', () => {
    assert.equal(figure({ ...unasked, workers: [online, lost] }), 0);
    assert.equal(figure({ ...unasked, workers: [aWorker({ status: 'late' })] }), 0);
    assert.equal(figure({ ...unasked, workers: [lost, offline] }), 1);
  });
  test('counts who sends no events but answers, unless it has left since', () => {
    assert.equal(figure({ workers: [] }), 0);
    assert.equal(figure({ workers: [offline] }), 1);
    assert.equal(figure({ workers: [], surveys: new Map([[name, aSurvey({ missed: 1 })]]) }), 1);
  });
  test('has no figure before anybody was heard or asked', () => {
    assert.equal(figure({ ...unasked, workers: [] }), undefined);
    assert.equal(figure({ workers: [], surveys: new Map() }), 1);
  });
});

describe('workerSilent', () => {
  const figure = (parts: Parameters<typeof someFacts>[0]) => figuresOf('workerSilent', parts ?? {})[name];
  test('is how long a late or lost worker has been silent, counted from when we began to listen', () => {
    assert.equal(figure({ workers: [lost] }), 90);
    assert.equal(figure({ workers: [lost], listeningSince: secondsAgo(30) }), 30);
    assert.equal(figure({ workers: [online] }), 0);
  });
  test('is none of one that said goodbye, of one gone for an hour, and of a solo worker with a task', () => {
    assert.equal(figure({ workers: [offline] }), undefined);
    const longGone = { ...lost, lastSeenAt: secondsAgo(3_601) };
    assert.equal(figure({ workers: [longGone], listeningSince: 0 }), undefined);
    const solo = new Map([[name, aSurvey({ stats: { pool: 'solo' } })]]);
    assert.equal(figure({ workers: [{ ...lost, active: 1 }], surveys: solo }), undefined);
    assert.equal(figure({ workers: [{ ...lost, active: 0 }], surveys: solo }), 90);
  });
});

test('workerDeaf counts unanswered questions while the heart beats', () => {
  const surveys = new Map([[name, aSurvey({ missed: 2 })]]);
  assert.deepEqual(figuresOf('workerDeaf', { surveys }), { [name]: 2 });
  assert.deepEqual(figuresOf('workerDeaf', { surveys, workers: [lost] }), {});
});

describe('workerStalled', () => {
  const stalled = {
    workers: [{ ...online, active: 4 }],
    pulses: new Map([[name, aPulse({ idleSince: secondsAgo(700) })]]),
    queues: [aQueue({ ready: 3 })],
  };
  test('is how long a busy worker has begun nothing while messages wait for it', () => {
    assert.deepEqual(figuresOf('workerStalled', stalled), { [name]: 700 });
  });
  test('is nothing when it runs nothing, when nothing waits, or when its tasks take that long', () => {
    assert.deepEqual(figuresOf('workerStalled', { ...stalled, workers: [{ ...online, active: 0 }] }), { [name]: 0 });
    assert.deepEqual(figuresOf('workerStalled', { ...stalled, queues: [aQueue()] }), { [name]: 0 });
    const elsewhere = [aQueue({ ready: 3, workers: ['celery@two'] })];
    assert.deepEqual(figuresOf('workerStalled', { ...stalled, queues: elsewhere }), { [name]: 0 });
    const long = [aGroup(name, { runtime: { count: 9, p95: 240 } })];
    assert.deepEqual(figuresOf('workerStalled', { ...stalled, workerStats: long }), { [name]: 0 });
  });
});

const running = (parts: Partial<RunningTask> = {}): RunningTask => ({
  id: '5f0c1c9e-8a38',
  name: 'shop.report',
  worker: name,
  startedAt: secondsAgo(4_000),
  ...parts,
});

describe('orphanedTasks', () => {
  const tasks = [running(), running({ id: 'b' }), running({ id: 'c', worker: 'celery@two' })];
  test('counts what was running on a worker that is gone', () => {
    assert.deepEqual(figuresOf('orphanedTasks', { workers: [lost], running: tasks }), { [name]: 2 });
    assert.deepEqual(figuresOf('orphanedTasks', { workers: [offline], running: tasks }), { [name]: 2 });
    assert.deepEqual(figuresOf('orphanedTasks', { workers: [online], running: tasks }), {});
  });
  test('also what its sender tells of a task after the last that was heard of the worker', () => {
    const tellTale = running({ startedAt: lost.lastSeenAt + 500 });
    assert.deepEqual(figuresOf('orphanedTasks', { workers: [lost], running: [tellTale] }), { [name]: 1 });
  });
  test('also when it is back: what began before its restart runs no more', () => {
    const pulses = new Map([[name, aPulse({ restarts: [secondsAgo(3_000)] })]]);
    const younger = running({ id: 'd', startedAt: secondsAgo(2_999) });
    assert.deepEqual(figuresOf('orphanedTasks', { pulses, running: [...tasks, younger] }), { [name]: 2 });
    assert.deepEqual(Object.keys(figuresOf('longTask', { pulses, running: [...tasks, younger] })), ['c', 'd']);
  });
  test('is told for an hour', () => {
    const gone = { ...lost, lastSeenAt: secondsAgo(3_601) };
    assert.deepEqual(figuresOf('orphanedTasks', { workers: [gone], running: tasks }), {});
  });
});

test('longTask is the age of each running task, but of none on a worker that is gone', () => {
  assert.deepEqual(figuresOf('longTask', { running: [running()] }), { '5f0c1c9e-8a38': 4_000 });
  assert.deepEqual(figuresOf('longTask', { running: [running()], workers: [lost] }), {});
});

describe('taskNearLimit', () => {
  const figure = (survey: ReturnType<typeof aSurvey>) =>
    figuresOf('taskNearLimit', { running: [running()], surveys: new Map([[name, survey]]) })['5f0c1c9e-8a38'];
  const limits = (timeLimitSeconds: number | null, softTimeLimitSeconds: number | null = null) =>
    new Map([['shop.report', { timeLimitSeconds, softTimeLimitSeconds, acksLate: null }]]);
  test("is the share of the task's own limit, else of the worker's, of the one it meets first", () => {
    assert.equal(figure(aSurvey({ limits: limits(5_000) })), 0.8);
    assert.equal(figure(aSurvey({ settings: { timeLimitSeconds: 8_000 } })), 0.5);
    assert.equal(figure(aSurvey({ stats: { timeLimitSeconds: 5_000 }, settings: { timeLimitSeconds: 8_000 } })), 0.8);
    assert.equal(figure(aSurvey({ limits: limits(5_000), settings: { timeLimitSeconds: 8_000 } })), 0.8);
    assert.equal(figure(aSurvey({ limits: limits(5_000, 4_000) })), 1);
  });
  test('is none without a limit', () => {
    assert.equal(figure(aSurvey()), undefined);
    assert.equal(figure(aSurvey({ limits: limits(0) })), undefined);
  });
});

test('stuckTask compares with siblings, of which there must be ten, and not before five minutes', () => {
  const type = (count: number, p95: number) => [aGroup('shop.report', { runtime: { count, p95 } })];
  const figure = (types: ReturnType<typeof type>, task = running()) =>
    figuresOf('stuckTask', { types, running: [task] })['5f0c1c9e-8a38'];
  assert.equal(figure(type(10, 40)), 100);
  assert.equal(figure(type(9, 40)), undefined);
  assert.equal(figure(type(10, 1), running({ startedAt: secondsAgo(299) })), 0);
  assert.equal(figure(type(10, 1), running({ startedAt: secondsAgo(300) })), 300);
});

describe('what a worker uses up', () => {
  test('workerMemory is its peak against the limit of a child', () => {
    const survey = aSurvey({ settings: { maxMemoryPerChildBytes: 200 * 2 ** 20 } });
    assert.deepEqual(figuresOf('workerMemory', { surveys: new Map([[name, survey]]) }), { [name]: 0.5 });
    assert.deepEqual(figuresOf('workerMemory', {}), {});
  });
  test('workerCpu is what its main process used between two answers', () => {
    const before = { at: secondsAgo(65), cpuSeconds: 3 };
    const survey = aSurvey({ before, stats: { cpuSeconds: 60 } });
    assert.deepEqual(figuresOf('workerCpu', { surveys: new Map([[name, survey]]) }), { [name]: 0.95 });
    assert.deepEqual(figuresOf('workerCpu', {}), {});
  });
  test('neither is told of one that does not answer any more', () => {
    const before = { at: secondsAgo(65), cpuSeconds: 3 };
    const survey = aSurvey({ before, missed: 1, settings: { maxMemoryPerChildBytes: 1 } });
    const surveys = new Map([[name, survey]]);
    assert.deepEqual([figuresOf('workerCpu', { surveys }), figuresOf('workerMemory', { surveys })], [{}, {}]);
  });
});

test('workerRestarted counts the last five minutes, workerRestarts the hour', () => {
  const restarts = [secondsAgo(3_000), secondsAgo(301), secondsAgo(299), secondsAgo(1)];
  const pulses = new Map([[name, aPulse({ restarts })]]);
  assert.deepEqual(figuresOf('workerRestarted', { pulses }), { [name]: 2 });
  assert.deepEqual(figuresOf('workerRestarts', { pulses }), { [name]: 4 });
});

test('duplicateNames is how many processes beat under one name', () => {
  assert.deepEqual(figuresOf('duplicateNames', { pulses: new Map([[name, aPulse({ processes: 2 })]]) }), { [name]: 2 });
});

test('clockDrift is as large one way as the other, and is not told of the dead', () => {
  const drift = (clockDriftSeconds: number, worker = online) =>
    figuresOf('clockDrift', { workers: [{ ...worker, clockDriftSeconds }] });
  assert.deepEqual(drift(20), { [name]: 20 });
  assert.deepEqual(drift(-20), { [name]: 20 });
  assert.deepEqual(drift(20, lost), {});
});

describe('eventsOff', () => {
  const figure = (begun: number, received: number, worker = online) =>
    figuresOf('eventsOff', {
      workers: [worker],
      pulses: new Map([[name, aPulse({ begun })]]),
      workerStats: [aGroup(name, { received })],
    })[name];
  test('is that it begins tasks by its own count and tells of none', () => {
    assert.deepEqual([figure(3, 0), figure(0, 0), figure(3, 1)], [1, 0, 0]);
    assert.equal(figure(3, 0, lost), undefined);
  });
  test('is not held against one that has been idle for most of the hour', () => {
    const idle = (seconds: number) => {
      const pulses = new Map([[name, aPulse({ begun: 3, idleSince: secondsAgo(seconds) })]]);
      return figuresOf('eventsOff', { pulses, workerStats: [] })[name];
    };
    assert.deepEqual([idle(2_999), idle(3_000)], [1, 0]);
  });
});

describe('queues', () => {
  const figure = (
    rule: 'queueDepth' | 'queueGrowth' | 'queueUnconsumed',
    queue: ReturnType<typeof aQueue>,
    more = {},
  ) => figuresOf(rule, { queues: [queue], ...more })['emails'];
  test('queueDepth and queueGrowth are as the broker says; none where it does not', () => {
    assert.equal(figure('queueDepth', aQueue({ ready: 1_204 })), 1_204);
    assert.equal(figure('queueGrowth', aQueue({ growthPerSecond: 11 })), 11);
    assert.equal(figure('queueDepth', aQueue({ ready: null })), undefined);
    assert.equal(figure('queueGrowth', aQueue({ growthPerSecond: null })), undefined);
    assert.equal(figure('queueDepth', aQueue({ exists: false, ready: 3 })), undefined);
  });
  test('queueUnconsumed is the backlog when nobody consumes', () => {
    const waiting = { ready: 5, workers: [] };
    assert.equal(figure('queueUnconsumed', aQueue(waiting)), 5);
    assert.equal(figure('queueUnconsumed', aQueue({ ...waiting, consumers: 0 })), 5);
    assert.equal(figure('queueUnconsumed', aQueue({ ...waiting, consumers: 2 })), 0);
    assert.equal(figure('queueUnconsumed', aQueue({ ...waiting, workers: [name] })), 0);
  });
  test('as long as a living worker has not said what it consumes, only the broker can tell', () => {
    const waiting = { ready: 5, workers: [] };
    assert.equal(figure('queueUnconsumed', aQueue(waiting), { consumersKnown: false }), undefined);
    assert.equal(figure('queueUnconsumed', aQueue({ ...waiting, consumers: 0 }), { consumersKnown: false }), 5);
  });
  test('dead-letter queues, by name or because another sends there, have a rule of their own', () => {
    const feeding = aQueue({
      management: {
        type: null,
        state: null,
        memoryBytes: null,
        publishPerSecond: null,
        deliverPerSecond: null,
        ackPerSecond: null,
        arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'morgue' },
      },
    });
    const queues = ['emails.dlq', 'dead_letter', 'orders-dead-letters', 'morgue', 'deadlines'].map((each) =>
      aQueue({ name: each, ready: 101, workers: [] }),
    );
    const figures = figuresOf('deadLetters', { queues: [feeding, ...queues] });
    assert.deepEqual(Object.keys(figures).sort(), ['dead_letter', 'emails.dlq', 'morgue', 'orders-dead-letters']);
    assert.equal(figures['morgue'], 101);
    assert.deepEqual(figuresOf('queueUnconsumed', { queues: [feeding, ...queues] }), { emails: 0, deadlines: 101 });
  });
  test("the queues of RabbitMQ's delayed delivery are none of ours", () => {
    const queues = ['celery_delayed_27', 'shop_celery_delayed_27'].map((name) =>
      aQueue({ name, ready: 9_000, workers: [] }),
    );
    assert.deepEqual([figuresOf('queueDepth', { queues }), figuresOf('queueUnconsumed', { queues })], [{}, {}]);
  });
});

test('queueWait is told by queue where senders tell the queue, else by task type, from five waits on', () => {
  const wait = { count: 5, p95: 61 };
  const types = [aGroup('shop.report', { wait })];
  assert.deepEqual(figuresOf('queueWait', { types }), { 'shop.report': 61 });
  assert.deepEqual(figuresOf('queueWait', { types, queueStats: [aGroup('emails', { wait })] }), { emails: 61 });
  assert.deepEqual(figuresOf('queueWait', { types: [aGroup('shop.report', { wait: { count: 4, p95: 61 } })] }), {});
});

test('rates of failure, retry and time-out need twenty runs', () => {
  const types = [aGroup('shop.charge', { succeeded: 12, failed: 5, retried: 3, timedOut: 1 })];
  const rates = (['failureRate', 'retryRate', 'timeoutRate'] as const).map((rule) => figuresOf(rule, { types }));
  assert.deepEqual(rates, [{ 'shop.charge': 0.25 }, { 'shop.charge': 0.15 }, { 'shop.charge': 0.05 }]);
  assert.deepEqual(figuresOf('failureRate', { types: [aGroup('shop.charge', { succeeded: 14, failed: 5 })] }), {});
});

test('slowTasks is the 95th percentile, slowerThanUsual the mean against the usual one, from five runs on', () => {
  const types = [aGroup('shop.report', { runtime: { count: 5, p95: 301, mean: 50 }, baseline: 20 })];
  assert.deepEqual(figuresOf('slowTasks', { types }), { 'shop.report': 301 });
  assert.deepEqual(figuresOf('slowerThanUsual', { types }), { 'shop.report': 2.5 });
  const few = [aGroup('shop.report', { runtime: { count: 4, p95: 301, mean: 50 }, baseline: 20 })];
  assert.deepEqual([figuresOf('slowTasks', { types: few }), figuresOf('slowerThanUsual', { types: few })], [{}, {}]);
  const young = [aGroup('shop.report', { runtime: { count: 5, p95: 301, mean: 50 } })];
  assert.deepEqual(figuresOf('slowerThanUsual', { types: young }), {});
});

test('brokerAlarm is raised by what the broker tells us and by what its management tells', () => {
  const overview = (alarms: Worded[] | null, blockedConnections: number | null = 0) => ({
    overview: { alarms, blockedConnections, missing: null },
  });
  assert.deepEqual(figuresOf('brokerAlarm', {}), { '': 0 });
  assert.deepEqual(figuresOf('brokerAlarm', { blocked: plainWords('low on memory'), overview: null }), { '': 1 });
  assert.deepEqual(figuresOf('brokerAlarm', overview([plainWords('The node a is down.')])), { '': 1 });
  assert.deepEqual(figuresOf('brokerAlarm', overview(null)), { '': 0 });
  assert.deepEqual(figuresOf('blockedConnections', overview([], 3)), { '': 3 });
  assert.deepEqual(figuresOf('blockedConnections', overview([], null)), {});
});

test('visibilityTimeout is the longest delay of a task type, on Redis, held against what Redis waits', () => {
  const delayed = [3_000, 3_601, 60].map((seconds, index) => ({
    id: `t${index}`,
    name: 'shop.report',
    receivedAt: noon,
    dueAt: noon + seconds * 1_000,
  }));
  assert.deepEqual(figuresOf('visibilityTimeout', { delayed }), { 'shop.report': 3_601 });
  assert.deepEqual(figuresOf('visibilityTimeout', { delayed, brokerKind: 'amqp' }), {});
  const [measured] = measure(someFacts({ delayed, visibilityTimeoutSeconds: 1_800 })).filter(
    ({ rule }) => rule === 'visibilityTimeout',
  );
  assert.equal(measured?.threshold, 1_800);
});

test('staleMailboxes counts those of workers that neither are heard nor answer', () => {
  const mailboxes = [name, 'celery@gone', 'celery@dead'];
  assert.deepEqual(figuresOf('staleMailboxes', { mailboxes }), { '': 2 });
  assert.deepEqual(figuresOf('staleMailboxes', { mailboxes, surveyedAt: null }), {});
  assert.deepEqual(figuresOf('staleMailboxes', { mailboxes: null }), {});
});

describe('advice', () => {
  const surveys = (parts: Parameters<typeof aSurvey>[0]) => new Map([[name, aSurvey(parts)]]);
  test('prefetchTooHigh is what a process holds when tasks are long, from five runs on', () => {
    const workerStats = (mean: number, count = 5) => [aGroup(name, { runtime: { count, mean } })];
    const held = surveys({ stats: { concurrency: 4, prefetchCount: 16 } });
    assert.deepEqual(figuresOf('prefetchTooHigh', { surveys: held, workerStats: workerStats(30) }), { [name]: 4 });
    assert.deepEqual(figuresOf('prefetchTooHigh', { surveys: held, workerStats: workerStats(29) }), { [name]: 0 });
    assert.deepEqual(figuresOf('prefetchTooHigh', { surveys: held, workerStats: workerStats(30, 4) }), {});
  });
  test('capacity is arrivals × runtime ÷ processes, known when all that live have told theirs', () => {
    const types = [aGroup('shop.report', { succeeded: 900, received: 1_800, runtime: { count: 900, mean: 1 } })];
    assert.deepEqual(figuresOf('capacity', { types }), { '': 0.5 });
    assert.deepEqual(figuresOf('capacity', { types, workers: [online, aWorker({ hostname: 'celery@two' })] }), {});
  });
  test('memoryOvercommit is known of workers on this host', () => {
    const held = surveys({ settings: { maxMemoryPerChildBytes: 4 * 2 ** 30 } });
    const host = { name: 'one', memoryBytes: 8 * 2 ** 30 };
    assert.deepEqual(figuresOf('memoryOvercommit', { surveys: held, host }), { [name]: 2 });
    assert.deepEqual(figuresOf('memoryOvercommit', { surveys: held }), {});
  });
  test('settings: no result backend, eager mode', () => {
    const held = surveys({ settings: { hasResultBackend: false, isEager: true } });
    assert.deepEqual(figuresOf('noResultBackend', { surveys: held }), { '': 1 });
    assert.deepEqual(figuresOf('alwaysEager', { surveys: held }), { '': 1 });
    assert.deepEqual(figuresOf('noResultBackend', {}), { '': 0 });
  });
  test('lateAcksUnlimited: late by its own setting or the app’s, without a limit of either', () => {
    const limits = (acksLate: boolean | null, timeLimitSeconds: number | null) =>
      new Map([
        ['shop.report', { acksLate, timeLimitSeconds, softTimeLimitSeconds: null }],
        ['celery.chord', { acksLate: true, timeLimitSeconds: null, softTimeLimitSeconds: null }],
      ]);
    const figure = (parts: Parameters<typeof aSurvey>[0]) =>
      figuresOf('lateAcksUnlimited', { surveys: surveys(parts) });
    assert.deepEqual(figure({ limits: limits(true, null) }), { 'shop.report': 1 });
    assert.deepEqual(figure({ limits: limits(true, 30) }), { 'shop.report': 0 });
    assert.deepEqual(figure({ limits: limits(null, null), settings: { acksLate: true } }), { 'shop.report': 1 });
    assert.deepEqual(figure({ limits: limits(false, null), settings: { acksLate: true } }), { 'shop.report': 0 });
    assert.deepEqual(figure({ limits: limits(true, null), settings: { timeLimitSeconds: 9 } }), { 'shop.report': 0 });
    const requeued = (parts: Parameters<typeof aSurvey>[0]) =>
      figuresOf('timeoutsRequeued', { surveys: surveys(parts) })['shop.report'];
    const settings = { requeuesTimeouts: true };
    assert.equal(requeued({ limits: limits(true, 30), settings }), 1);
    assert.equal(requeued({ limits: limits(true, 30) }), 0);
    assert.equal(requeued({ limits: limits(true, null), settings }), 0, 'what has no limit does not exceed it');
    assert.equal(requeued({ limits: limits(false, 30), settings }), 0);
  });
});

test('every sentence is whole and ends with one full stop', () => {
  const facts = someFacts({
    workers: [{ ...online, clockDriftSeconds: -3 }],
    queues: [aQueue({ ready: 1 }), aQueue({ name: 'dlq', ready: 1 })],
    blocked: plainWords('low on memory.'),
    mailboxes: ['celery@gone'],
    running: [running({ name: null })],
    types: [aGroup('shop.report', { succeeded: 20, runtime: { count: 20, p95: 1, mean: 1 }, baseline: 1 })],
  });
  for (const { rule, what } of measure(facts))
    assert.match(inWords(what(phrase('limit.none'))), /^\S[^{}]*[^.\s{}]\.$/, rule);
});
