import { useMemo } from 'preact/hooks';
import type { CodeGraph, CodeGraphNode } from '../../server/api/codePages.ts';
import { ArrowHead } from '../page/arrowHead.tsx';
import { figuresWords } from './figuresWords.ts';
import type { NodeActs } from './graphPage.tsx';
import { layeredLayout } from './layeredLayout.ts';

interface GraphViewParts {
  readonly graph: CodeGraph;
  readonly acts: NodeActs;
}

const size = { width: 210, height: 44 };
const longestName = 30;

/** Tasks that nothing sends and that send nothing are in the tree only. */
export const GraphView = ({ graph, acts }: GraphViewParts) => {
  const drawn = useMemo(() => {
    const linked = new Set(graph.edges.flatMap(({ from, to }) => [from, to]));
    const ids = graph.nodes.filter(({ id }) => linked.has(id)).map(({ id }) => id);
    return layeredLayout(ids, graph.edges, size);
  }, [structureOf(graph)]);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  if (drawn.nodes.length === 0) return null;
  return (
    // The tree below says the same to those who do not see it.
    <div class="graph workflow" aria-hidden="true">
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: hidden from those for whom a title would be. */}
      <svg width={drawn.width} height={drawn.height} viewBox={`0 0 ${drawn.width} ${drawn.height}`}>
        <ArrowHead id="sends" />
        {drawn.links.map(({ from, to, path }) => (
          <path key={`${from} ${to}`} d={path} class="graph-link" marker-end="url(#sends)" />
        ))}
        {drawn.nodes.map(({ id, x, y }) => {
          const node = byId.get(id);
          return node ? <GraphNode key={id} node={node} x={x} y={y} acts={acts} /> : null;
        })}
      </svg>
    </div>
  );
};

/** New figures do not move a node. */
const structureOf = ({ nodes, edges }: CodeGraph): string =>
  JSON.stringify([nodes.map(({ id }) => id), edges.map(({ from, to }) => [from, to])]);

interface GraphNodeParts {
  readonly node: CodeGraphNode;
  readonly x: number;
  readonly y: number;
  readonly acts: NodeActs;
}

const GraphNode = ({ node, x, y, acts }: GraphNodeParts) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: the tree below has the same as buttons.
  <g class={`graph-task node-${node.kind}${isFailing(node) ? ' failing' : ''}`} onClick={() => acts.openCode(node)}>
    <title>{node.id}</title>
    <rect x={x} y={y} width={size.width} height={size.height} rx={node.kind === 'task' ? 4 : 14} />
    <text x={x + 10} y={y + 18} class="graph-name">
      {shortName(node.id)}
    </text>
    <text x={x + 10} y={y + 35} class="graph-state">
      {figuresWords(node)}
    </text>
  </g>
);

const isFailing = ({ figures }: CodeGraphNode): boolean => (figures?.failed ?? 0) > 0;

const shortName = (id: string): string => (id.length > longestName ? `…${id.slice(1 - longestName)}` : id);
