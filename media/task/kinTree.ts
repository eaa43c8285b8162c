import type { RelatedTask, Relation, Relations } from '../../server/api/taskDetail.ts';

export interface KinNode {
  readonly task: RelatedTask;
  readonly children: readonly KinNode[];
  /** How many tasks it waited for, where it is the body of a chord. */
  readonly header: number;
}

/** The kin as a tree, for a list: each task below the one that started it; those without a known parent at the top. */
export const kinTree = ({ tasks, links }: Pick<Relations, 'tasks' | 'links'>): readonly KinNode[] => {
  const started = links.filter(({ kind }) => kind === 'started');
  const parents = new Map(started.map(({ from, to }) => [to, from]));
  const children = Map.groupBy(tasks, ({ id }) => parents.get(id) ?? '');
  const seen = new Set<string>();
  const node = (task: RelatedTask): KinNode => {
    seen.add(task.id);
    const below = (children.get(task.id) ?? []).filter(({ id }) => !seen.has(id));
    return { task, children: below.map(node), header: headerSize(task.id, links) };
  };
  return (children.get('') ?? []).map(node);
};

const headerSize = (id: string, links: readonly Relation[]): number => {
  const header = links.filter(({ to, kind }) => to === id && kind === 'chord').map(({ from }) => from);
  if (header.length === 0) return 0;
  const parent = links.find(({ to, kind }) => to === id && kind === 'started')?.from;
  const siblings = new Set(
    links.filter(({ kind, to }) => kind === 'started' && header.includes(to)).map(({ from }) => from),
  );
  return header.length + (parent !== undefined && !siblings.has(parent) ? 1 : 0);
};
