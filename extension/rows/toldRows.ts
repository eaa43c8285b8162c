import { drawn, type RowLook } from './rowLook.ts';
import type { Rows } from './rows.ts';

/** A row that is drawn anew closes what is shown over it: whoever reads there gets his time. */
const readWithinMs = 10_000;

interface Told<N> {
  /** The object by which VS Code knows the row. */
  node: N;
  look?: string;
  /** The rows below it, once they were asked for. */
  below?: readonly N[];
  parent?: string;
  /** What was said of it when somebody pointed at it: VS Code asks once, and says it until the row is drawn anew. */
  said?: { readonly text: string; readonly at: number };
  /** Whether the rows below it show. */
  isOpen: boolean;
}

/** What VS Code was told about the rows of a tree, so that it is told anew of those only that have changed. */
export class ToldRows<N extends object> {
  readonly #rows: Rows<N>;
  readonly #told = new Map<string, Told<N>>();
  #roots: readonly N[] = [];

  constructor(rows: Rows<N>) {
    this.#rows = rows;
  }

  look(node: N, now: number): RowLook {
    const look = this.#rows.look(node, now);
    const told = this.#of(node);
    told.look = drawn(look);
    delete told.said;
    return look;
  }

  /** For somebody who points at the row. */
  tooltip(node: N, now: number): readonly string[] {
    const lines = this.#rows.look(node, now).tooltip();
    this.#of(node).said = { text: lines.join('\n'), at: now };
    return lines;
  }

  children(parent?: N): N[] {
    const nodes = this.#rows.children(parent).map((node) => this.same(node));
    const [parentKey, before] = parent ? [this.#rows.key(parent), this.#of(parent).below] : ['', this.#roots];
    if (parent) this.#of(parent).below = nodes;
    else this.#roots = nodes;
    for (const node of nodes) this.#of(node).parent = parentKey;
    const present = new Set(nodes.map((node) => this.#rows.key(node)));
    for (const node of before ?? []) {
      const key = this.#rows.key(node);
      if (!present.has(key)) this.#forget(key, parentKey);
    }
    return nodes;
  }

  parent(node: N): N | undefined {
    const parent = this.#rows.parent(node);
    return parent && this.same(parent);
  }

  /** VS Code knows a row by its object, so a row is one object until what it says of itself changes. */
  same(node: N): N {
    const told = this.#of(node);
    if (!isSame(told.node, node)) told.node = node;
    return told.node;
  }

  /** Answers whether that is news. */
  open(node: N, isOpen: boolean): boolean {
    const told = this.#of(node);
    const isNews = told.isOpen !== isOpen;
    told.isOpen = isOpen;
    return isNews;
  }

  /** The rows that show what is below them, with all above them open too. */
  openRows(): N[] {
    const openBelow = (nodes: readonly N[]): N[] =>
      nodes.flatMap((node) => {
        const { isOpen, below = [] } = this.#of(node);
        return isOpen ? [node, ...openBelow(below)] : [];
      });
    return openBelow(this.#roots);
  }

  /**
   * The rows that have to be drawn anew: those that look different or of which something untrue was said, and those below
   * which rows came, went or moved. VS Code asks again for everything below a row that is drawn anew, so nothing below it is
   * looked at. `undefined` stands for the whole tree.
   */
  changed(now: number): N[] | undefined {
    if (!isSameList(this.#roots, this.#rows.children(undefined))) return undefined;
    const changedBelow = (nodes: readonly N[]): N[] => nodes.flatMap((node) => visit(node));
    const visit = (node: N): N[] => {
      const { look, said, below, isOpen } = this.#of(node);
      const present = this.#rows.look(node, now);
      if (look !== drawn(present) || (said && isUntrue(said, present, now))) return [node];
      if (below === undefined || !isOpen) return [];
      return isSameList(below, this.#rows.children(node)) ? changedBelow(below) : [node];
    };
    return changedBelow(this.#roots);
  }

  #of(node: N): Told<N> {
    const key = this.#rows.key(node);
    const known = this.#told.get(key);
    if (known) return known;
    const told: Told<N> = { node, isOpen: false };
    this.#told.set(key, told);
    return told;
  }

  /** Tasks come and go all day. A row that stands elsewhere by now is still there. */
  #forget(key: string, parent: string): void {
    const told = this.#told.get(key);
    if (told?.parent !== parent) return;
    this.#told.delete(key);
    for (const node of told.below ?? []) this.#forget(this.#rows.key(node), key);
  }
}

const isUntrue = (
  { text, at }: { readonly text: string; readonly at: number },
  present: RowLook,
  now: number,
): boolean => now - at >= readWithinMs && present.tooltip().join('\n') !== text;

const isSameList = (a: readonly object[], b: readonly object[]): boolean =>
  a.length === b.length && a.every((node, index) => isSame(node, b[index]));

/** Nodes are flat. */
const isSame = (a: object, b: object | undefined): boolean => {
  if (a === b || b === undefined) return a === b;
  const fields = Object.keys(a);
  return (
    fields.length === Object.keys(b).length && fields.every((each) => Reflect.get(a, each) === Reflect.get(b, each))
  );
};
