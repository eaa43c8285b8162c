import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emptyFailures } from '../../../../extension/failures/emptyFailures.ts';
import { failureTitle } from '../../../../extension/failures/failureGroup.ts';
import {
  type FailureNode,
  type FailureSource,
  groupsOf,
  unseenGroups,
} from '../../../../extension/failures/failureGroups.ts';
import { failureReport } from '../../../../extension/failures/failureReport.ts';
import { failureRows } from '../../../../extension/failures/failureRows.ts';
import { Occurrences, pageRows } from '../../../../extension/failures/occurrences.ts';
import { tracebackFrames } from '../../../../extension/failures/tracebackFrames.ts';
import type { FailureGroup, FailureOccurrence, FailureOccurrencePage } from '../../../../server/api/failures.ts';
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

const kept = (occurrences: readonly FailureOccurrence[], isCut = false, problem: string | null = null) => ({
  find: () => occurrences[0],
  keptOf: () => ({ count: 1, wanted: pageRows, occurrences, isCut, problem }),
});
const sourceOf = (
  clusters: readonly ReturnType<typeof aSnapshot>[],
  parts: Partial<FailureSource> = {},
): FailureSource => ({
  snapshots: mapOf(...clusters),
  occurrences: kept([]),
  redactor,
  showsMuted: false,
  limit: pageRows,
  ...parts,
});
const place = { clusterId: 'orders', failureId: 'f1' };
const lookOf = (node: FailureNode, source: FailureSource) => {
  const { description = '', tooltip, ...look } = failureRows(source).look(node, now);
  return { ...look, description, tooltip: tooltip() };
};
const groupLook = (group: FailureGroup, ...clusters: readonly ReturnType<typeof aSnapshot>[]) => {
  const [first = aSnapshot(), ...others] = clusters;
  const source = sourceOf([{ ...first, failures: { f1: group } }, ...others]);
  return lookOf({ kind: 'group', ...place, taskName: null }, source);
};
const occurrenceLook = (occurrence: FailureOccurrence, by = redactor) => {
  const source = sourceOf([aSnapshot()], { occurrences: kept([occurrence]), redactor: by });
  return lookOf({ kind: 'occurrence', ...place, taskId: occurrence.taskId, taskName: null, at: occurrence.at }, source);
};

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
    const cluster = withGroups(...Array.from({ length: 120 }, (_, at) => aGroup({ id: `f${at}` })));
    const rows = failureRows(sourceOf([cluster])).children(undefined);
    assert.equal(rows.length, 51);
    const more = rows.at(-1) ?? assert.fail();
    const { label, description } = lookOf(more, sourceOf([cluster]));
    assert.deepEqual([label, description], ['Show 50 more…', '70 are not shown']);
    assert.equal(failureRows(sourceOf([cluster], { limit: 150 })).children(undefined).length, 120);
  });

  test('have their single failures below them, two of one task apart, and why there may be none', () => {
    const occurrences = kept([anOccurrence({ at: 1 }), anOccurrence({ at: 2 })], true, 'The history is gone.');
    const rows = failureRows(sourceOf([withGroups(aGroup())], { occurrences }));
    const group: FailureNode = { kind: 'group', ...place, taskName: 'orders.charge' };
    const below = rows.children(group);
    assert.deepEqual(
      below.map(({ kind }) => kind),
      ['trouble', 'occurrence', 'occurrence', 'moreOccurrences'],
    );
    assert.equal(new Set(below.map(rows.key)).size, 4);
    for (const node of below) assert.deepEqual(rows.parent(node), group);
    assert.equal(rows.look(below[0] ?? assert.fail(), now).label, 'The history is gone.');
  });
});

describe('the row of a group', () => {
  test('says what failed, where, how often and when', () => {
    const view = groupLook(aGroup());
    assert.equal(view.label, 'ConnectionError: broker refused');
    assert.equal(view.description, 'orders.charge ×37 · 2 m ago');
    assert.equal(view.contextValue, 'failure;open;rw');
    assert.match(view.tooltip.join('\n'), /line 47/);
  });

  test('says how much of it is new, whose it is, and that it may not be retried', () => {
    const cluster = aSnapshot({ isReadOnly: true });
    const view = groupLook(aGroup({ unseen: 3 }), cluster, aSnapshot({ clusterId: 'mail' }));
    assert.equal(view.description, 'orders.charge ×37 · 2 m ago · 3 new · orders');
    assert.equal(view.contextValue, 'failure;open;ro');
  });

  test('says that it is muted, in words', () => {
    const view = groupLook(aGroup({ mute: { kind: 'change' }, unseen: 4 }));
    assert.match(view.description, /muted until it changes$/);
    assert.equal(view.contextValue, 'failure;muted;rw');
    assert.equal(view.icon, 'bell-slash');
  });

  test('is one line, without passwords', () => {
    const group = aGroup({ message: `cannot reach\nredis://u:hunter2@h/0 [click](command:evil) ${'x'.repeat(300)}` });
    const view = groupLook(group);
    assert.doesNotMatch(view.label, /\n|hunter2/);
    assert.equal(view.label.length, 120);
    assert.doesNotMatch(view.tooltip.join('\n'), /hunter2/);
  });

  test('stands without a message', () => {
    assert.equal(failureTitle({ exceptionType: 'TimeLimitExceeded', message: '' }), 'TimeLimitExceeded');
  });
});

test('a single failure says when, which task, where and with what', () => {
  const view = occurrenceLook(anOccurrence({ retried: true }));
  assert.match(view.description, /^3f2a0000 · 2 m ago · celery@one · retried · \('A-1',\)$/);
  assert.equal(view.contextValue, 'occurrence;rw');
});

test('a single failure shows no secret of its arguments and its exception, neither in its row nor in its tooltip', () => {
  const args = "({'password': 'hunter2'}, 'amqp://u:hunter2@h//')";
  const secret = anOccurrence({ args, kwargs: "{'api_key': 'hunter2', 'n': 1}", exception: "E('token=hunter2')" });
  const view = occurrenceLook(secret);
  assert.doesNotMatch(JSON.stringify(view), /hunter2/);
  assert.match(view.tooltip.join('\n'), /'n': 1/);
  const mine = occurrenceLook(anOccurrence({ kwargs: "{'iban': 'hunter2'}" }), makeRedactor(['iban']));
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
    assert.equal(emptyFailures(mapOf(lost), 0), 'orders is offline. New failures are not reported.');
    assert.equal(emptyFailures(mapOf(aSnapshot()), 0), 'orders has no workers.');
    const mute = aSnapshot({ workers: { a: aWorker({ sendsTaskEvents: false }) } });
    assert.equal(emptyFailures(mapOf(mute), 0), 'Task events are off on orders, so failures are not reported.');
    assert.equal(
      emptyFailures(mapOf(lost), 2),
      'orders is offline. New failures are not reported. 2 muted groups are hidden.',
    );
    const both = mapOf(lost, { ...lost, clusterId: 'mail', name: 'mail' }, { ...mute, clusterId: 'sms', name: 'sms' });
    assert.equal(
      emptyFailures(both, 0),
      'Task events are off on sms, so failures are not reported. orders, mail are offline. New failures are not reported.',
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
