import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layeredLayout } from '../../../media/graph/layeredLayout.ts';
import { filteredGraph, type WorkflowNode, workflowTree } from '../../../media/graph/workflowTree.ts';
import type { CodeGraph, CodeGraphNode } from '../../../server/api/codePages.ts';

const size = { width: 200, height: 40 };
const link = (pair: string) => ({ from: pair[0] ?? '', to: pair[1] ?? '' });
const columns = (ids: string, ...pairs: readonly string[]): Record<string, number> => {
  const { nodes } = layeredLayout([...ids], pairs.map(link), size);
  const lefts = [...new Set(nodes.map(({ x }) => x))].sort((a, b) => a - b);
  return Object.fromEntries(nodes.map(({ id, x }) => [id, lefts.indexOf(x)]));
};

const range = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
const node = (id: string, kind: CodeGraphNode['kind'] = 'task'): CodeGraphNode => ({
  id,
  kind,
  file: '/p.py',
  range,
  figures: null,
});
const graphOf = (nodes: readonly CodeGraphNode[], ...pairs: readonly string[]): CodeGraph => ({
  nodes,
  edges: pairs.map((pair) => ({ ...link(pair), kinds: ['delay'] })),
  omitted: 0,
});

test('senders stand left of what they send, also around loops', () => {
  assert.deepEqual(columns('abc', 'ab', 'bc', 'ac'), { a: 0, b: 1, c: 2 });
  assert.deepEqual(columns('ab', 'aa', 'ab', 'ba'), { a: 0, b: 1 });
});

test('no two nodes cover each other, and a thousand are placed without a stutter', () => {
  const ids = Array.from({ length: 1_000 }, (_, at) => `task${at}`);
  const links = ids.flatMap((from, at) => [
    { from, to: ids[(at * 7 + 3) % 1_000] ?? '' },
    { from, to: ids[(at * 13 + 5) % 1_000] ?? '' },
  ]);
  const before = process.cpuUsage().user;
  const { nodes, width, height } = layeredLayout(ids, links, size);
  assert.ok(process.cpuUsage().user - before < 500_000);
  assert.equal(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size, 1_000);
  assert.ok(nodes.every(({ x, y }) => x + size.width <= width && y + size.height <= height));
});

const outline = ({ node: { id }, children, isRepeated }: WorkflowNode): string =>
  `${id}${isRepeated ? '^' : ''}${children.length > 0 ? `(${children.map(outline).join(' ')})` : ''}`;

test('the tree begins with what nothing sends, names each task, and writes out once what several send', () => {
  const graph = graphOf([node('d'), node('c'), node('b', 'schedule'), node('a', 'code')], 'ac', 'bc', 'cd');
  assert.deepEqual(workflowTree(graph).map(outline), ['b(c(d))', 'a(c^)']);
  assert.deepEqual(workflowTree(graphOf([node('x'), node('y')], 'xy', 'yx')).map(outline), ['x(y(x^))']);
});

test('a filter keeps the neighbours of what it finds', () => {
  const graph = graphOf([node('a'), node('b'), node('c')], 'ab', 'bc');
  assert.deepEqual(
    filteredGraph(graph, ' A').nodes.map(({ id }) => id),
    ['a', 'b'],
  );
  assert.equal(filteredGraph(graph, '').nodes.length, 3);
});
