/** What VS Code was last told about the rows of a tree. */
export interface Drawn {
  /** How each row looked, by its id. */
  readonly looks: ReadonlyMap<string, string>;
  /** The ids of the rows below a row (by its id; '' for the root), of those that were asked for. */
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Whether the rows below a row show. */
  isOpen(id: string): boolean;
}

export interface Forest<N> {
  childrenOf(node: N | undefined): readonly N[];
  lookOf(node: N): string;
}

/**
 * The rows that have to be drawn anew: those that look different, and those below which rows came, went or moved. VS Code
 * asks again for everything below a row that is drawn anew, so nothing below it is looked at. `undefined` stands for the
 * whole tree.
 */
export const changedRows = <N extends { readonly id: string }>(forest: Forest<N>, drawn: Drawn): N[] | undefined => {
  const roots = forest.childrenOf(undefined);
  if (!isSame(drawn.children.get('') ?? [], roots)) return undefined;
  const changed: N[] = [];
  const visit = (node: N): void => {
    if (drawn.looks.get(node.id) !== forest.lookOf(node)) {
      changed.push(node);
      return;
    }
    const before = drawn.children.get(node.id);
    if (before === undefined || !drawn.isOpen(node.id)) return;
    const children = forest.childrenOf(node);
    if (!isSame(before, children)) changed.push(node);
    else for (const child of children) visit(child);
  };
  for (const root of roots) visit(root);
  return changed;
};

const isSame = (ids: readonly string[], nodes: readonly { readonly id: string }[]): boolean =>
  ids.length === nodes.length && nodes.every(({ id }, index) => id === ids[index]);
