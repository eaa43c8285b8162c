import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedRows } from '../../../../extension/views/changedRows.ts';

/** A tree of texts: `below` names the rows below each, `looks` how each looks. */
interface Tree {
  readonly below: Readonly<Record<string, readonly string[]>>;
  readonly looks: Readonly<Record<string, string>>;
}

const tree: Tree = {
  below: { '': ['orders'], orders: ['workers', 'queues'], workers: ['w1', 'w2'], queues: ['q1'] },
  looks: {},
};

const changedBetween = (before: Tree, after: Tree, closed: readonly string[] = []) =>
  changedRows<{ id: string }>(
    {
      childrenOf: (node) => (after.below[node?.id ?? ''] ?? []).map((id) => ({ id })),
      lookOf: ({ id }) => after.looks[id] ?? '',
    },
    {
      looks: new Map(Object.values(before.below).flatMap((ids) => ids.map((id) => [id, before.looks[id] ?? '']))),
      children: new Map(Object.entries(before.below)),
      isOpen: (id) => !closed.includes(id),
    },
  )?.map(({ id }) => id);

test('when nothing looks different, nothing is drawn anew', () => {
  assert.deepEqual(changedBetween(tree, tree), []);
});

test('only the rows are drawn anew that look different', () => {
  assert.deepEqual(changedBetween(tree, { ...tree, looks: { w2: 'lost', q1: '7 ready' } }), ['w2', 'q1']);
});

test('where rows come, go or move, the row above is drawn anew, and nothing below it besides', () => {
  const after = { below: { ...tree.below, workers: ['w2', 'w1', 'w3'] }, looks: { w2: 'lost' } };
  assert.deepEqual(changedBetween(tree, after), ['workers']);
});

test('of a row that is drawn anew, those below come with it', () => {
  assert.deepEqual(changedBetween(tree, { ...tree, looks: { orders: 'offline', w1: 'stale' } }), ['orders']);
});

test('what is folded away is not looked at', () => {
  const after = { ...tree, looks: { w1: 'late', q1: '7 ready' } };
  assert.deepEqual(changedBetween(tree, after, ['workers']), ['q1']);
});

test('another row at the top means the whole tree', () => {
  assert.equal(changedBetween(tree, { ...tree, below: { ...tree.below, '': ['orders', 'mail'] } }), undefined);
});
