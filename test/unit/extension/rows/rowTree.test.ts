import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import type { Rows } from '../../../../extension/rows/rows.ts';
import type { TreeTexts } from '../../../../extension/shown/openTree.ts';
import { fakeVscode } from '../host/fakeVscode.ts';

fakeVscode();
const { RowTree } = await import('../../../../extension/rows/rowTree.ts');

afterEach(() => mock.timers.reset());

interface Node {
  readonly id: string;
}

/** A row "shop" with the rows `below`, in a view that is seen or not, and what VS Code was told of both. */
const open = async (parts: { readonly soonMs?: number; opened?(node: Node): Promise<unknown> } = {}) => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  const fired: (readonly string[] | undefined)[] = [];
  const told: TreeTexts[] = [];
  const now = { visible: true, isTicking: false, label: 'shop', below: ['a'], message: '' };
  const shop: Node = { id: 'shop' };
  const rows: Rows<Node> = {
    key: ({ id }) => id,
    look: ({ id }) => ({ label: id === 'shop' ? now.label : id, icon: 'pass', contextValue: '', tooltip: () => [id] }),
    children: (node) => (node ? now.below.map((id) => ({ id })) : [{ id: 'shop' }]),
    parent: ({ id }) => (id === 'shop' ? undefined : { id: 'shop' }),
  };
  const seen = new Set<(event: { visible: boolean }) => void>();
  const silent = () => ({ dispose: () => undefined });
  const view = {
    get visible() {
      return now.visible;
    },
    onDidChangeVisibility: (listener: (event: { visible: boolean }) => void) => {
      seen.add(listener);
      return { dispose: () => seen.delete(listener) };
    },
    onDidCollapseElement: silent,
    onDidExpandElement: silent,
    dispose: () => undefined,
  };
  const tree = new RowTree<Node>('celeriac.alerts', {
    surfaces: { tree: () => ({ view, show: (texts: TreeTexts) => told.push(texts) }) as never },
    rows,
    heading: () => ({ message: now.message }),
    tickMs: 30_000,
    isTicking: () => now.isTicking,
    ...parts,
  });
  tree.onDidChangeTreeData((nodes) => fired.push(nodes?.map(({ id }) => id)));
  tree.start();
  for (const row of await tree.getChildren()) tree.getTreeItem(row);
  const see = (visible: boolean): void => {
    now.visible = visible;
    for (const listener of seen) listener({ visible });
  };
  const pass = (ms: number): void => mock.timers.tick(ms);
  return { tree, shop, now, fired, told, see, pass };
};

test('a tree redraws the rows that changed, once however many changes come together', async () => {
  const { tree, now, fired, pass } = await open();
  tree.changed();
  pass(1_000);
  assert.deepEqual(fired, [], 'nothing looks different');
  now.label = 'shop, lost';
  tree.changed();
  tree.changed();
  assert.deepEqual(fired, []);
  pass(5_000);
  assert.deepEqual(fired, [['shop']]);
});

test('the first change after a quiet time shows at once, and those that follow it wait', async () => {
  const { tree, now, fired, pass } = await open();
  for (const label of ['lost', 'back']) {
    now.label = label;
    tree.changed();
    pass(15);
  }
  assert.deepEqual(fired, [['shop']]);
  pass(5_000);
  assert.deepEqual(fired, [['shop'], ['shop']]);
});

test('a tree rests longer where its view asks for that', async () => {
  const { tree, now, fired, pass } = await open({ soonMs: 1_000 });
  tree.changed();
  pass(15);
  now.label = 'shop, lost';
  tree.changed();
  pass(999);
  assert.deepEqual(fired, []);
  pass(1);
  assert.deepEqual(fired, [['shop']]);
});

test('a hidden tree redraws nothing, and what has changed when it is seen again', async () => {
  const { tree, now, fired, see, pass } = await open();
  see(false);
  now.label = 'shop, lost';
  tree.changed();
  pass(10_000);
  assert.deepEqual(fired, []);
  see(true);
  assert.deepEqual(fired, [['shop']]);
});

test('a hidden tree still tells its message and its badge, but each only once', async () => {
  const { tree, now, told, see, pass } = await open();
  see(false);
  now.message = 'No failures';
  for (let times = 0; times < 3; times++) {
    tree.changed();
    pass(150);
  }
  assert.deepEqual(told, [{ message: '' }, { message: 'No failures' }]);
});

test('rows that count time are redrawn as it passes, and only while there are any', async () => {
  const { now, fired, pass } = await open();
  now.label = 'shop, for 1 m';
  pass(60_000);
  assert.deepEqual(fired, []);
  now.isTicking = true;
  pass(30_000);
  pass(150);
  assert.deepEqual(fired, [['shop']]);
});

test('rows below a row are read before they are shown, and once', async () => {
  const reading = Promise.withResolvers<void>();
  const opened: string[] = [];
  const { tree, shop, now } = await open({
    opened: ({ id }) => {
      opened.push(id);
      return reading.promise;
    },
  });
  const children = tree.getChildren(shop);
  now.below = ['read'];
  reading.resolve();
  assert.deepEqual(await children, [{ id: 'read' }]);
  await tree.getChildren(shop);
  assert.deepEqual(opened, ['shop']);
  assert.deepEqual(tree.openRows(), [shop]);
});

test('a row knows the row above it by the object that VS Code has', async () => {
  const { tree } = await open();
  const [top = assert.fail()] = await tree.getChildren();
  const [below = assert.fail()] = await tree.getChildren(top);
  assert.equal(tree.getParent(below), top);
});
