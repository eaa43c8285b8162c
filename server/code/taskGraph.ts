import type { CodeIndex } from './codeIndex.ts';
import type { CodeFile, UseKind } from './facts.ts';

export interface GraphNode {
  readonly id: string;
  /** `code`: what sends a task and is none itself. */
  readonly kind: 'task' | 'code' | 'schedule';
  readonly file: string;
  readonly line: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: UseKind;
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface TaskGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Who sends whom: tasks, the functions that send them, and the schedule. */
export const taskGraph = (index: CodeIndex): TaskGraph => {
  const nodes = new Map<string, GraphNode>(
    index.tasks.map(({ name, file, line }) => [name, { id: name, kind: 'task', file, line }]),
  );
  const files = new Map(index.files.map((file) => [file.path, file]));
  const edges: GraphEdge[] = [];
  for (const { kind, task, file, line, start, end } of index.uses) {
    if (kind === 'route') continue;
    const source = files.get(file);
    const from =
      kind === 'schedule' || !source ? { id: 'beat', kind: 'schedule' as const } : senderOf(index, source, start);
    if (!nodes.has(from.id)) nodes.set(from.id, { ...from, file, line });
    if (!nodes.has(task)) nodes.set(task, { id: task, kind: 'task', file, line });
    edges.push({ from: from.id, to: task, kind, file, line, start, end });
  }
  return { nodes: [...nodes.values()], edges };
};

/** The task, or the function or module, that a place stands in. */
const senderOf = (index: CodeIndex, file: CodeFile, offset: number): Pick<GraphNode, 'id' | 'kind'> => {
  let name = file.module;
  for (let body = file.syntax.body; ; ) {
    const inner = body.find(
      (each) => (each.kind === 'def' || each.kind === 'class') && each.start <= offset && offset < each.end,
    );
    if (!inner || (inner.kind !== 'def' && inner.kind !== 'class')) return { id: name, kind: 'code' };
    const task = index.taskOfDefinition(inner);
    if (task) return { id: task.name, kind: 'task' };
    name = `${name}.${inner.name}`;
    body = inner.body;
  }
};

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

export const toDot = ({ nodes, edges }: TaskGraph): string =>
  [
    'digraph tasks {',
    '  rankdir=LR;',
    ...nodes.map(({ id, kind }) => `  ${quoted(id)} [shape=${kind === 'task' ? 'box' : 'ellipse'}];`),
    ...edges.map(({ from, to, kind }) => `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(kind)}];`),
    '}',
  ].join('\n');

export const toMermaid = ({ nodes, edges }: TaskGraph): string => {
  const ids = new Map(nodes.map(({ id }, at) => [id, `n${at}`]));
  const label = (id: string): string => `"${id.replace(/"/g, '#quot;')}"`;
  return [
    'flowchart LR',
    ...nodes.map(({ id, kind }) =>
      kind === 'task' ? `  ${ids.get(id)}[${label(id)}]` : `  ${ids.get(id)}(${label(id)})`,
    ),
    ...edges.map(({ from, to, kind }) => `  ${ids.get(from)} -->|${kind}| ${ids.get(to)}`),
  ].join('\n');
};
