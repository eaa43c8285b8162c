import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emptyFailures } from '../../../../extension/failures/emptyFailures.ts';
import { groupNodes, groupsOf, occurrenceNodes, unseenGroups } from '../../../../extension/failures/failureNodes.ts';
import { failureReport } from '../../../../extension/failures/failureReport.ts';
import { failureTitle, groupView, occurrenceView } from '../../../../extension/failures/failureView.ts';
import { Occurrences } from '../../../../extension/failures/occurrences.ts';
import { tracebackFrames } from '../../../../extension/failures/tracebackFrames.ts';
import type { FailureGroup, FailureOccurrencePage } from '../../../../server/api/failures.ts';
import { defaultRedactPatterns } from '../../../../server/api/redaction.ts';
import { makeRedactor } from '../../../../server/api/redactor.ts';
import { aSnapshot, aWorker } from '../../aSnapshot.ts';
import { aGroup, anOccurrence } from './someFailures.ts';

const now = 2_000_000;
const redactor = makeRedactor(defaultRedactPatterns);
const withGroups = (...groups: readonly FailureGroup[]) =>
  aSnapshot({ failures: Object.fromEntries(groups.map((group) => [group.id, group])) });
const mapOf = (...clusters: readonly ReturnType<typeof aSnapshot>[]) =>
  new Map(clusters.map((cluster) => [cluster.clusterId, cluster]));

describe('the groups of the Failures view', () => {
  test('stand in the order in which they failed last, over all connections', () => {
    const here = withGroups(aGroup({ id: 'old', lastSeenAt: 1 }), aGroup({ id: 'new', lastSeenAt: 9 }));
    const there = { ...withGroups(aGroup({ id: 'middle', lastSeenAt: 5 })), clusterId: 'mail' };
    const ids = groupsOf(mapOf(here, there), now, 'open').map(({ group }) => group.id);
    assert.deepEqual(ids, ['new', 'middle', 'old']);
  });

  test('are hidden while they are muted, and come back when the hour is over', () => {
    const snapshots = mapOf(
      withGroups(
        aGroup({ id: 'hour', mute: { kind: 'until', at: now + 1 }, unseen: 3 }),
        aGroup({ id: 'over', mute: { kind: 'until', at: now }, unseen: 1 }),
        aGroup({ id: 'always', mute: { kind: 'forever' } }),
        aGroup({ id: 'change', mute: { kind: 'change' } }),
      ),
    );
    assert.deepEqual(
      groupsOf(snapshots, now, 'open').map(({ group }) => group.id),
      ['over'],
    );
    assert.equal(groupsOf(snapshots, now, 'muted').length, 3);
    assert.equal(unseenGroups(snapshots, now), 1, 'the badge does not count what is muted');
  });

  test('are shown fifty at a time', () => {
    const groups = groupsOf(
      mapOf(withGroups(...Array.from({ length: 120 }, (_, at) => aGroup({ id: `f${at}` })))),
      now,
      'open',
    );
    const nodes = groupNodes(groups, 50);
    assert.equal(nodes.length, 51);
    assert.equal(nodes.at(-1)?.kind, 'moreGroups');
    assert.equal(groupNodes(groups, 120).length, 120);
  });

  test('keep two failures of one task apart', () => {
    const at = { clusterId: 'orders', failureId: 'f1' };
    const nodes = occurrenceNodes(at, [anOccurrence({ at: 1 }), anOccurrence({ at: 2 })], true);
    assert.equal(new Set(nodes.map(({ id }) => id)).size, 3);
    assert.equal(nodes.at(-1)?.kind, 'moreOccurrences');
  });
});

describe('the row of a group', () => {
  test('says what failed, where, how often and when', () => {
    const view = groupView(aGroup(), aSnapshot(), now, false);
    assert.equal(view.label, 'ConnectionError: broker refused');
    assert.equal(view.description, 'orders.charge ×37 · 2 m ago');
    assert.equal(view.contextValue, 'failure;open;rw');
    assert.match(view.tooltip.join('\n'), /line 47/);
  });

  test('says how much of it is new, whose it is, and that it may not be retried', () => {
    const cluster = aSnapshot({ isReadOnly: true });
    const view = groupView(aGroup({ unseen: 3 }), cluster, now, true);
    assert.equal(view.description, 'orders.charge ×37 · 2 m ago · 3 new · orders');
    assert.equal(view.contextValue, 'failure;open;ro');
  });

  test('says that it is muted, in words', () => {
    const view = groupView(aGroup({ mute: { kind: 'change' }, unseen: 4 }), aSnapshot(), now, false);
    assert.match(view.description, /muted until it changes$/);
    assert.equal(view.contextValue, 'failure;muted;rw');
    assert.equal(view.icon, 'bell-slash');
  });

  test('is one line, without passwords', () => {
    const group = aGroup({ message: `cannot reach\nredis://u:hunter2@h/0 [click](command:evil) ${'x'.repeat(300)}` });
    const view = groupView(group, aSnapshot(), now, false);
    assert.doesNotMatch(view.label, /\n|hunter2/);
    assert.equal(view.label.length, 120);
    assert.doesNotMatch(view.tooltip.join('\n'), /hunter2/);
  });

  test('stands without a message', () => {
    assert.equal(failureTitle({ exceptionType: 'TimeLimitExceeded', message: '' }), 'TimeLimitExceeded');
  });
});

test('a single failure says when, which task, where and with what', () => {
  const view = occurrenceView(anOccurrence({ retried: true }), aSnapshot(), now, redactor);
  assert.match(view.description, /^3f2a0000 · 2 m ago · celery@one · was tried again · \('A-1',\)$/);
  assert.equal(view.contextValue, 'occurrence;rw');
});

test('a single failure shows no secret of its arguments and its exception, neither in its row nor in its tooltip', () => {
  const args = "({'password': 'hunter2'}, 'amqp://u:hunter2@h//')";
  const secret = anOccurrence({ args, kwargs: "{'api_key': 'hunter2', 'n': 1}", exception: "E('token=hunter2')" });
  const view = occurrenceView(secret, aSnapshot(), now, redactor);
  assert.doesNotMatch(JSON.stringify(view), /hunter2/);
  assert.match(view.tooltip.join('\n'), /'n': 1/);
  const mine = occurrenceView(
    anOccurrence({ kwargs: "{'iban': 'hunter2'}" }),
    aSnapshot(),
    now,
    makeRedactor(['iban']),
  );
  assert.doesNotMatch(JSON.stringify(mine), /hunter2/);
});

describe('an empty view', () => {
  test('says since when nothing has failed', () => {
    assert.match(
      emptyFailures(mapOf(aSnapshot({ workers: { a: aWorker() } })), 0),
      /^No failures on orders since \d\d:/,
    );
  });

  test('does not call it quiet when nothing can be heard', () => {
    const lost = aSnapshot({
      link: { kind: 'lost', since: 1, retryAt: 2, attempt: 1, reason: { code: 'x', sentence: 'y' } },
    });
    assert.equal(emptyFailures(mapOf(lost), 0), 'orders is offline: failures cannot be heard.');
    assert.equal(emptyFailures(mapOf(aSnapshot()), 0), 'orders has no workers that could fail.');
    const mute = aSnapshot({ workers: { a: aWorker({ sendsTaskEvents: false }) } });
    assert.equal(
      emptyFailures(mapOf(mute), 0),
      'The workers of orders send no task events: their failures cannot be heard.',
    );
    assert.equal(
      emptyFailures(mapOf(lost), 2),
      'orders is offline: failures cannot be heard. 2 muted groups are hidden.',
    );
    const both = mapOf(lost, { ...lost, clusterId: 'mail', name: 'mail' }, { ...mute, clusterId: 'sms', name: 'sms' });
    assert.equal(
      emptyFailures(both, 0),
      'The workers of sms send no task events: their failures cannot be heard. orders, mail are offline: failures cannot be heard.',
    );
  });
});

describe('the single failures of a group', () => {
  const served = (pages: readonly FailureOccurrencePage[]) => {
    const asked: unknown[] = [];
    const request = async (_: unknown, params: unknown): Promise<never> => {
      asked.push(params);
      const page = pages[asked.length - 1];
      if (!page) throw new Error('The history is gone.');
      return page as never;
    };
    return { asked, occurrences: new Occurrences({ request }) };
  };
  const page = (length: number, nextCursor: string | null): FailureOccurrencePage => ({
    occurrences: Array.from({ length }, (_, at) => anOccurrence({ at })),
    nextCursor,
  });

  test('are asked for once until there are more', async () => {
    const { asked, occurrences } = served([page(50, 'next'), page(50, 'next'), page(50, null)]);
    assert.equal((await occurrences.of('orders', aGroup())).isCut, true);
    await occurrences.of('orders', aGroup());
    assert.equal(asked.length, 1);
    occurrences.wantMore('orders', 'f1');
    const more = await occurrences.of('orders', aGroup());
    assert.equal(more.occurrences.length, 100);
    assert.equal(more.isCut, false);
    assert.deepEqual(asked.at(-1), { clusterId: 'orders', failureId: 'f1', limit: 50, cursor: 'next' });
  });

  test('stay when the next question is not answered, and say why', async () => {
    const { occurrences } = served([page(2, null)]);
    await occurrences.of('orders', aGroup());
    const kept = await occurrences.of('orders', aGroup({ count: 38 }));
    assert.equal(kept.occurrences.length, 2);
    assert.equal(kept.problem, 'The history is gone.');
  });
});

test('every frame of a traceback is found, also behind the bars of an exception group', () => {
  const text = [
    'Traceback (most recent call last):',
    '  File "/app/shop/orders.py", line 47, in charge',
    '    raise ValueError',
    '  |   File "C:\\app\\x.py", line 3, in <module>',
    '  File "/app/top.py", line 9',
    'ValueError: File "no frame"',
  ].join('\n');
  const found = tracebackFrames(text);
  assert.deepEqual(
    found.map(({ frame }) => frame),
    [
      { file: '/app/shop/orders.py', line: 47, function: 'charge' },
      { file: 'C:\\app\\x.py', line: 3, function: '<module>' },
      { file: '/app/top.py', line: 9, function: '' },
    ],
  );
  assert.deepEqual([found[0]?.row, found[0]?.start, found[0]?.end], [1, 2, 48]);
});

describe('the report of a failure', () => {
  test('tells the facts and the traceback as Markdown', () => {
    const report = failureReport(
      aGroup(),
      anOccurrence(),
      aSnapshot({ workers: { 'celery@one': aWorker() } }),
      redactor,
    );
    assert.match(report, /^### ConnectionError: broker refused\n\n- Task: `orders\.charge`\n- Count: 37\n/);
    assert.match(report, /- Celery: 5\.6\.3\n/);
    assert.match(report, /\n```python-traceback\nTraceback[\s\S]+broker refused\n```\n$/);
  });

  test('holds no secret that its name gives away', () => {
    const traceback = 'x ``` y\nredis://user:hunter2@host/0\nlogin(password="hunter2", user="ann")';
    const kwargs =
      "{'api_key': 'hunter2', 'db_password': \"hunter2\", 'user': 'ann', 'Authorization': 'Bearer hunter2'}";
    const report = failureReport(aGroup(), anOccurrence({ traceback, kwargs }), aSnapshot(), redactor);
    assert.doesNotMatch(report, /hunter2/);
    assert.match(report, /'user': 'ann'/);
    assert.match(report, /\n````python-traceback\n/);
  });

  test('is quick on a text that is one long word', () => {
    const word = 'a'.repeat(200_000);
    assert.equal(redactor.text(word), word);
  });
});
