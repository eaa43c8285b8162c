import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ReportedRows } from '../../../../extension/rows/reportedRows.ts';
import type { Rows } from '../../../../extension/rows/rows.ts';

/** A tree of texts: `below` names the rows below each, `looks` how each looks, `says` its tooltip. */
interface Tree {
  below: Readonly<Record<string, readonly string[]>>;
  looks: Readonly<Record<string, string>>;
  says: Readonly<Record<string, string>>;
  /** What nodes say of themselves besides their id. */
  extras: Readonly<Record<string, number>>;
}

interface Node {
  readonly id: string;
  readonly extra: number;
}

const start = (): Tree => ({
  below: { '': ['orders'], orders: ['workers', 'queues'], workers: ['w1', 'w2'], queues: ['q1'] },
  looks: {},
  says: {},
  extras: {},
});

const nodeOf = ({ extras }: Pick<Tree, 'extras'>, id: string): Node => ({ id, extra: extras[id] ?? 0 });
const plain = (id: string): Node => nodeOf({ extras: {} }, id);

const rowsOf = (tree: Tree): Rows<Node> => ({
  key: ({ id }) => id,
  look: ({ id }) => ({
    label: tree.looks[id] ?? id,
    icon: 'pass',
    contextValue: '',
    tooltip: () => [tree.says[id] ?? id],
  }),
  children: (node) => (tree.below[node?.id ?? ''] ?? []).map((id) => nodeOf(tree, id)),
  parent: ({ id }) =>
    Object.entries(tree.below).flatMap(([above, ids]) => (ids.includes(id) ? [nodeOf(tree, above)] : []))[0],
});

/** A tree of which VS Code was told everything, with all rows open but those that are `closed`. */
const told = (closed: readonly string[] = []) => {
  const tree = start();
  const rows = new ReportedRows(rowsOf(tree));
  const tell = (node?: Node): void => {
    for (const child of rows.children(node)) {
      rows.look(child, 0);
      tell(child);
      rows.open(child, !closed.includes(child.id));
    }
  };
  tell();
  const changed = (now = 0) => rows.changed(now)?.map(({ id }) => id);
  return { tree, rows, changed };
};

describe('of a tree', () => {
  test('nothing is drawn anew when nothing looks different', () => {
    assert.deepEqual(told().changed(), []);
  });

  test('only the rows are drawn anew that look different', () => {
    const { tree, changed } = told();
    tree.looks = { w2: 'lost', q1: '7 ready' };
    assert.deepEqual(changed(), ['w2', 'q1']);
  });

  test('the row is drawn anew below which rows come, go or move, and nothing below it besides', () => {
    const { tree, changed } = told();
    tree.below = { ...tree.below, workers: ['w2', 'w1', 'w3'] };
    tree.looks = { w2: 'lost' };
    assert.deepEqual(changed(), ['workers']);
  });

  test('the rows below one that is drawn anew come with it', () => {
    const { tree, changed } = told();
    tree.looks = { orders: 'offline', w1: 'stale' };
    assert.deepEqual(changed(), ['orders']);
  });

  test('what is folded away is not looked at', () => {
    const { tree, changed } = told(['workers']);
    tree.looks = { w1: 'late', q1: '7 ready' };
    assert.deepEqual(changed(), ['q1']);
  });

  test('another row at the top means the whole tree', () => {
    const { tree, changed } = told();
    tree.below = { ...tree.below, '': ['orders', 'mail'] };
    assert.equal(changed(), undefined);
  });
});

describe('a row', () => {
  test('is the object by which VS Code knows it, whoever names it, until what it says of itself changes', () => {
    const { rows } = told();
    const [orders] = rows.children();
    assert.equal(rows.same(plain('orders')), orders);
    assert.equal(rows.parent(plain('workers')), orders);
    const other = { id: 'orders', extra: 1 };
    assert.equal(rows.same(other), other);
  });

  test('that says something else of itself is handed over anew by the row above it', () => {
    const { tree, changed } = told();
    tree.extras = { w2: 1 };
    assert.deepEqual(changed(), ['workers']);
  });

  test('counts as open only while all above it are', () => {
    const { rows } = told(['q1', 'w1', 'w2']);
    const open = () => rows.openRows().map(({ id }) => id);
    assert.deepEqual(open(), ['orders', 'workers', 'queues']);
    rows.open(plain('orders'), false);
    assert.deepEqual(open(), []);
  });

  test('that is gone is forgotten with all below it, but not one that stands elsewhere by now', () => {
    const { tree, rows, changed } = told();
    tree.below = { ...tree.below, orders: ['queues'], queues: ['w1'] };
    rows.children(plain('queues'));
    rows.children(plain('orders'));
    assert.deepEqual(changed(), []);
    tree.looks = { w1: 'moved', w2: 'gone' };
    assert.deepEqual(changed(), ['w1']);
    assert.deepEqual(
      rows.openRows().map(({ id }) => id),
      ['orders', 'queues', 'w1'],
    );
  });

  test('is drawn anew when its tooltip has become untrue, once there was time to read it', () => {
    const { tree, rows, changed } = told();
    assert.deepEqual(rows.tooltip(plain('w1'), 1_000), ['w1']);
    assert.deepEqual(changed(11_000), []);
    tree.says = { w1: '4 tasks' };
    assert.deepEqual(changed(5_000), []);
    assert.deepEqual(changed(11_000), ['w1']);
    rows.look(plain('w1'), 11_000);
    assert.deepEqual(changed(30_000), [], 'VS Code asks again what to say of a row that was drawn anew');
  });
});
