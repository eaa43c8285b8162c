import type { CodeGraphEdge } from '../api/codePages.ts';
import type { GraphEdge, GraphNode, TaskGraph } from './taskGraph.ts';

/** A graph as a page draws it: one line from one to another, however often it sends, and no more than a page holds. */
export interface DrawnGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly CodeGraphEdge[];
  readonly omitted: number;
}

/** Those with the most neighbours stay. */
export const drawnGraph = ({ nodes, edges }: TaskGraph, most: number): DrawnGraph => {
  const degrees = new Map<string, number>();
  for (const { from, to } of edges) for (const id of [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const degreeOf = ({ id }: GraphNode): number => degrees.get(id) ?? 0;
  const kept = nodes.length <= most ? nodes : nodes.toSorted((a, b) => degreeOf(b) - degreeOf(a)).slice(0, most);
  const ids = new Set(kept.map(({ id }) => id));
  const drawn = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  return { nodes: kept, edges: joined(drawn), omitted: nodes.length - kept.length };
};

const joined = (edges: readonly GraphEdge[]): readonly CodeGraphEdge[] =>
  [...Map.groupBy(edges, ({ from, to }) => JSON.stringify([from, to])).values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ from: first.from, to: first.to, kinds: [...new Set(same.map(({ kind }) => kind))] }] : [];
  });
