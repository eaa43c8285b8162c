import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readKeys } from '../../../../server/faces/cli/top/topKeys.ts';
import { press } from '../../../../server/faces/cli/top/topPress.ts';
import { firstState, listOf, scrolled, type TopState } from '../../../../server/faces/cli/top/topState.ts';
import type { TopView } from '../../../../server/faces/cli/top/topView.ts';

/** Only what keys look at. */
const viewOf = (ids: readonly string[]): TopView =>
  ({
    tasks: { tasks: ids.map((id) => ({ id, name: 'orders.charge', queue: 'default' })) },
    workers: [{ worker: { hostname: 'w1@api host' } }],
    queues: [],
    failures: [{ id: 'f', lastTaskId: 'a' }],
    alerts: [],
    task: null,
    status: { types: [{ name: 'orders.charge' }], queues: [], snapshot: { workers: {} } },
  }) as unknown as TopView;

const typed = (state: TopState, text: string, view = viewOf(['a', 'b', 'c'])): TopState =>
  readKeys(text).reduce((before, key) => press(before, key, { view, room: 10 }).state, state);

describe('keys', () => {
  it('are told apart, also when several arrive at once', () => {
    assert.deepEqual(readKeys('j\u001b[A\u001bOB\u001b[5~\u001b\r\u001b[1;5Cä\u0000'), [
      'j',
      'up',
      'down',
      'page-up',
      'escape',
      'enter',
      'ä',
    ]);
    assert.deepEqual(readKeys('\u001b['), []);
  });
});

describe('top', () => {
  it('keeps the row that was chosen while others come, and goes with the first until one is', () => {
    const first = typed(firstState(''), '');
    assert.equal(scrolled(listOf(first), ['new', 'a', 'b', 'c'], 10).index, 0);
    const chosen = typed(first, 'j');
    assert.equal(listOf(chosen).chosen, 'b');
    assert.equal(scrolled(listOf(chosen), ['new', 'newer', 'a', 'b', 'c'], 10).index, 3);
    assert.deepEqual(scrolled(listOf(chosen), ['b2', 'c2'], 10).index, 1, 'one that has gone leaves its place');
  });

  it('asks before it acts, on the task that was chosen then, and takes only y for yes', () => {
    const asked = typed(firstState(''), 'jx');
    assert.deepEqual([asked.prompt?.kind, asked.prompt?.kind === 'confirm' && asked.prompt.id], ['confirm', 'b']);
    const later = press(asked, 'y', { view: viewOf(['x', 'y']), room: 10 });
    assert.deepEqual(later.effect, { kind: 'revoke', id: 'b' });
    for (const key of ['n', 'enter', 'escape', ' ', 'q']) {
      const { state, effect } = press(asked, key, { view: viewOf(['a']), room: 10 });
      assert.deepEqual([effect, state.prompt, state.message], [undefined, null, 'Cancelled: nothing was sent.']);
    }
    assert.equal(typed(firstState(''), '2x').message, 'Select a task to revoke.');
  });

  it('applies a filter that can be read, and shows where another cannot', () => {
    const wrong = typed(firstState(''), '/stat:x');
    assert.match(wrong.prompt?.kind === 'filter' ? (wrong.prompt.error ?? '') : '', /^Query, character 1:/);
    assert.equal(typed(wrong, '\r').prompt?.kind, 'filter');
    assert.equal(listOf(typed(wrong, '\u0015stat\tFA\t\r')).filter, 'state:FAILURE');
    assert.equal(listOf(typed(firstState('name:a'), '/\u001b[D\u007fb\r')).filter, 'nameba');
    assert.equal(listOf(typed(firstState('name:a'), '\u001b')).filter, '');
    assert.equal(listOf(typed(firstState(''), '2/stat:x\r')).filter, 'stat:x', 'elsewhere it is a part of a name');
  });

  it('leads from a worker to its tasks, and from a failure to its last one', () => {
    const tasks = typed(firstState(''), '2\r');
    assert.deepEqual([tasks.tab, listOf(tasks).filter], ['tasks', 'worker:"w1@api host"']);
    assert.deepEqual(typed(firstState(''), '4\r').overlay, { kind: 'task', id: 'a', offset: 0 });
    assert.equal(typed(typed(firstState(''), '4\r'), '\u001b').overlay, null);
  });

  it('leaves on q and Ctrl-C, but types a q into a filter', () => {
    const at = { view: viewOf([]), room: 10 };
    assert.deepEqual(press(firstState(''), 'q', at).effect, { kind: 'quit' });
    const typing = typed(firstState(''), '/');
    assert.equal(press(typing, 'q', at).effect, undefined);
    assert.deepEqual(press(typing, 'ctrl-c', at).effect, { kind: 'quit' });
  });
});
