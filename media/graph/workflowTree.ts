import type { CodeGraph, CodeGraphNode } from '../../server/api/codePages.ts';

export interface WorkflowNode {
  readonly node: CodeGraphNode;
  /** How the one above sends it; empty at the top. */
  readonly kinds: readonly string[];
  readonly children: readonly WorkflowNode[];
  /** What it sends is listed where it stands for the first time. */
  readonly isRepeated: boolean;
}

/** Who sends whom, as a tree to read: at the top what nothing sends; what several send is written out once. */
export const workflowTree = ({ nodes, edges }: Pick<CodeGraph, 'nodes' | 'edges'>): readonly WorkflowNode[] => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const next = Map.groupBy(edges, ({ from }) => from);
  const sent = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const seen = new Set<string>();
  const grown = (node: CodeGraphNode, kinds: readonly string[]): WorkflowNode => {
    const own = next.get(node.id) ?? [];
    if (seen.has(node.id)) return { node, kinds, children: [], isRepeated: own.length > 0 };
    seen.add(node.id);
    const children = own.flatMap((edge) => {
      const below = byId.get(edge.to);
      return below ? [grown(below, edge.kinds)] : [];
    });
    return { node, kinds, children, isRepeated: false };
  };
  const tops = nodes.filter(({ id }) => !sent.has(id)).toSorted(byKind);
  const tree = tops.map((node) => grown(node, []));
  // A circle of tasks that only send each other has no top.
  for (const node of nodes) if (!seen.has(node.id)) tree.push(grown(node, []));
  return tree;
};

const ranks = { schedule: 0, code: 1, task: 2 } as const;

const byKind = (a: CodeGraphNode, b: CodeGraphNode): number => ranks[a.kind] - ranks[b.kind] || (a.id < b.id ? -1 : 1);

/** The nodes whose name holds the text, and their neighbours; everything without a text. */
export const filteredGraph = (graph: CodeGraph, text: string): CodeGraph => {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return graph;
  const found = new Set(graph.nodes.filter(({ id }) => id.toLowerCase().includes(wanted)).map(({ id }) => id));
  const edges = graph.edges.filter(({ from, to }) => found.has(from) || found.has(to));
  const ids = new Set([...found, ...edges.flatMap(({ from, to }) => [from, to])]);
  return { ...graph, nodes: graph.nodes.filter(({ id }) => ids.has(id)), edges };
};
