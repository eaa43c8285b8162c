import type { CodeIndex } from '../codeIndex.ts';
import { type GraphEdge, type GraphNode, taskGraph } from '../taskGraph.ts';

interface Caller {
  readonly node: GraphNode;
  readonly edges: readonly GraphEdge[];
}

/** Who sends a task, and what it sends itself; also of code and of the schedule, by their ids in the graph. */
export const callsOf = (
  index: CodeIndex,
  id: string,
): { readonly incoming: readonly Caller[]; readonly outgoing: readonly Caller[] } => {
  const { nodes, edges } = taskGraph(index);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = (own: readonly GraphEdge[], end: 'from' | 'to'): readonly Caller[] =>
    [...Map.groupBy(own, (edge) => edge[end])].flatMap(([other, between]) => {
      const node = byId.get(other);
      return node ? [{ node, edges: between }] : [];
    });
  return {
    incoming: callers(
      edges.filter(({ to }) => to === id),
      'from',
    ),
    outgoing: callers(
      edges.filter(({ from }) => from === id),
      'to',
    ),
  };
};
