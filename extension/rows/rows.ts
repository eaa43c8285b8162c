import type { RowLook } from './rowLook.ts';

/**
 * One kind of row of a view. A node is data and only names the subject of a row, so that it stays the same while the figures
 * change; what a row shows of its subject is looked up in `source`.
 */
export interface RowKind<N, S, All> {
  /** Tells the row from all others of its view. */
  key(node: N): string;
  look(node: N, source: S, now: number): RowLook;
  children?(node: N, source: S): readonly All[];
  /** The row above; what stands at the top, or is never looked for from below, has none. */
  parent?(node: N, source: S): All | undefined;
}

/** Every kind of row of a view, by its name. */
export type RowKinds<All extends { readonly kind: string }, S> = {
  readonly [K in All['kind']]: RowKind<Extract<All, { readonly kind: K }>, S, All>;
};

/** The rows of a view as they are now; those at the top stand below `undefined`. */
export interface Rows<N> {
  key(node: N): string;
  look(node: N, now: number): RowLook;
  children(node: N | undefined): readonly N[];
  parent(node: N): N | undefined;
}

export const rowsOf = <All extends { readonly kind: string }, S>(
  kinds: RowKinds<All, S>,
  source: S,
  roots: (source: S) => readonly All[],
): Rows<All> => {
  // The compiler does not see that the kind of a node leads to the kind of row that takes it.
  const kindOf = ({ kind }: All) => kinds[kind as All['kind']] as unknown as RowKind<All, S, All>;
  return {
    key: (node) => kindOf(node).key(node),
    look: (node, now) => kindOf(node).look(node, source, now),
    children: (node) => (node ? (kindOf(node).children?.(node, source) ?? []) : roots(source)),
    parent: (node) => kindOf(node).parent?.(node, source),
  };
};
