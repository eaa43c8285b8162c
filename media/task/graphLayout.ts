import { Graph, layout } from '@dagrejs/dagre';
import type { RelatedTask, Relation, Relations } from '../../server/api/taskDetail.ts';

export const nodeWidth = 190;
export const nodeHeight = 46;

interface PlacedTask {
  readonly task: RelatedTask;
  readonly x: number;
  readonly y: number;
}

interface PlacedLink {
  readonly kind: Relation['kind'];
  readonly path: string;
}

export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  readonly tasks: readonly PlacedTask[];
  readonly links: readonly PlacedLink[];
}

/** Where each task and each line of the graph is drawn, from left to right. */
export const graphLayout = ({ tasks, links }: Pick<Relations, 'tasks' | 'links'>): PlacedGraph => {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 46, marginx: 4, marginy: 4 });
  for (const { id } of tasks) graph.setNode(id, { width: nodeWidth, height: nodeHeight });
  for (const { from, to, kind } of links) graph.setEdge(from, to, {}, kind);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    tasks: tasks.map((task) => {
      const { x = 0, y = 0 } = graph.node(task.id);
      return { task, x: x - nodeWidth / 2, y: y - nodeHeight / 2 };
    }),
    links: links.map(({ from, to, kind }) => ({ kind, path: pathOf(graph.edge(from, to, kind)?.points ?? []) })),
  };
};

const pathOf = (points: readonly { readonly x: number; readonly y: number }[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${Math.round(x)} ${Math.round(y)}`).join(' ');
