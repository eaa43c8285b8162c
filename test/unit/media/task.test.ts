import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { moment } from '../../../media/page/times.ts';
import { tracebackLines } from '../../../media/task/frames.ts';
import { graphLayout, nodeWidth } from '../../../media/task/graphLayout.ts';
import { type KinNode, kinTree } from '../../../media/task/kinTree.ts';
import { doubtWord, unknownWords } from '../../../media/task/words.ts';
import type { RelatedTask, Relation } from '../../../server/api/taskDetail.ts';

const task = (id: string): RelatedTask => ({
  id,
  name: `shop.${id}`,
  state: 'SUCCESS',
  worker: null,
  firstSeenAt: 0,
  startedAt: null,
  finishedAt: null,
  runtimeSeconds: null,
});

const started = (from: string, to: string): Relation => ({ from, to, kind: 'started' });
const chord = (from: string, to: string): Relation => ({ from, to, kind: 'chord' });

const outline = ({ task: { id }, children, header }: KinNode): string =>
  `${id}${header > 0 ? `*${header}` : ''}${children.length > 0 ? `(${children.map(outline).join(' ')})` : ''}`;

describe('the words of a task page', () => {
  it('name the day only where it is another one', () => {
    const noon = new Date(2026, 10, 20, 12, 0, 0, 7).getTime();
    assert.equal(moment(noon, noon + 1_000), '12:00:00.007');
    assert.equal(moment(noon, noon + 86_400_000), '2026-11-20 12:00:00.007');
  });

  it('say how far clocks differ, where it is known', () => {
    assert.match(doubtWord({ kind: 'reversed', driftMs: -3_000 }), /disagree.*by about 3 s/);
    assert.doesNotMatch(doubtWord({ kind: 'reversed', driftMs: null }), /by about/);
  });

  it('name a remedy for what is not known', () => {
    assert.match(unknownWords('sent').how, /task_send_sent_event/);
    assert.match(unknownWords('resultExtended').how, /result_extended/);
  });
});

describe('the lines of a traceback', () => {
  const traceback = [
    'Traceback (most recent call last):',
    '  File "/usr/lib/python3.12/site-packages/celery/app/trace.py", line 453, in trace_task',
    '    R = retval = fun(*args, **kwargs)',
    '                 ^^^^^^^^^^^^^^^^^^^^',
    '  + Exception Group Traceback (most recent call last):',
    '  |   File "C:\\shop\\orders.py", line 51, in Shipping.label',
    '  File "<string>", line 1',
    "shop.orders.AddressNotFound: order 4711: no postcode in {'city': 'Hamburg'}",
    '',
  ].join('\n');
  const lines = tracebackLines(traceback);

  it('lead to files and lines, those of libraries apart', () => {
    const frames = lines.flatMap((line) =>
      line.kind === 'frame' ? [[line.indent, line.file, line.line, line.function, line.isOwn]] : [],
    );
    assert.deepEqual(frames, [
      ['  ', '/usr/lib/python3.12/site-packages/celery/app/trace.py', 453, 'trace_task', false],
      ['  |   ', 'C:\\shop\\orders.py', 51, 'Shipping.label', true],
      ['  ', '<string>', 1, '', false],
    ]);
  });

  it('name the error', () => {
    const errors = lines.flatMap((line) => (line.kind === 'text' && line.isError ? [line.text] : []));
    assert.deepEqual(errors, ["shop.orders.AddressNotFound: order 4711: no postcode in {'city': 'Hamburg'}"]);
  });
});

describe('the kin of a task', () => {
  const tasks = ['root', 'a', 'b', 'body', 'lost'].map(task);
  const links = [started('root', 'a'), started('root', 'b'), started('b', 'body'), chord('a', 'body')];

  it('is a tree for those who read it', () => {
    assert.deepEqual(kinTree({ tasks, links }).map(outline), ['root(a b(body*2))', 'lost']);
    const siblings = [started('root', 'a'), started('root', 'b'), started('root', 'body')];
    const closed = [...siblings, chord('a', 'body'), chord('b', 'body')];
    assert.deepEqual(kinTree({ tasks, links: closed }).map(outline), ['root(a b body*2)', 'lost']);
  });

  it('is laid out from left to right without overlaps', () => {
    const { tasks: placed, links: drawn } = graphLayout({ tasks, links });
    const x = Object.fromEntries(placed.map((each) => [each.task.id, each.x]));
    assert.ok((x['root'] ?? 0) + nodeWidth < (x['a'] ?? 0) && (x['b'] ?? 0) + nodeWidth < (x['body'] ?? 0));
    assert.equal(new Set(placed.map(({ x: left, y }) => `${left} ${y}`)).size, tasks.length);
    assert.deepEqual(
      drawn.map(({ kind }) => kind),
      links.map(({ kind }) => kind),
    );
    assert.ok(drawn.every(({ path }) => /^M\d/.test(path)));
  });
});
