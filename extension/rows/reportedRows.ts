import { drawn, type RowLook } from './rowLook.ts';
import type { Rows } from './rows.ts';

/** Drawing a row again closes its tooltip: a reader has at least this long. */
const readWithinMs = 10_000;

interface Reported<N> {
  /** The object by which VS Code knows the row. */
  node: N;
  look?: string;
  /** The rows below it, once they were asked for. */
  below?: readonly N[];
  parent?: string;
  /** The tooltip that was shown: VS Code asks once, and keeps it until the row is drawn again. */
  tooltip?: { readonly text: string; readonly at: number };
  /** Whether the rows below it show. */
  isOpen: boolean;
}

/** The rows of a tree as VS Code last got them, so that only those that have changed are drawn again. */
export class ReportedRows<N extends object> {
  readonly #rows: Rows<N>;
  readonly #reported = new Map<string, Reported<N>>();
  #roots: readonly N[] = [];

  constructor(rows: Rows<N>) {
    this.#rows = rows;
  }

  look(node: N, now: number): RowLook {
    const look = this.#rows.look(node, now);
    const reported = this.#of(node);
    reported.look = drawn(look);
    delete reported.tooltip;
    return look;
  }

  /** When the mouse is over the row. */
  tooltip(node: N, now: number): readonly string[] {
    const lines = this.#rows.look(node, now).tooltip();
    this.#of(node).tooltip = { text: lines.join('\n'), at: now };
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

  /** VS Code knows a row by its object, so a row is one object until what it names changes. */
  same(node: N): N {
    const reported = this.#of(node);
    if (!isSame(reported.node, node)) reported.node = node;
    return reported.node;
  }

  /** Returns whether that is a change. */
  open(node: N, isOpen: boolean): boolean {
    const reported = this.#of(node);
    const isNews = reported.isOpen !== isOpen;
    reported.isOpen = isOpen;
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
   * The rows to draw again: those that look different or whose tooltip is no longer true, and those below
   * which rows came, went or moved. VS Code asks again for everything below a row that is drawn again, so nothing below it is
   * looked at. `undefined` stands for the whole tree.
   */
  changed(now: number): N[] | undefined {
    if (!isSameList(this.#roots, this.#rows.children(undefined))) return undefined;
    const changedBelow = (nodes: readonly N[]): N[] => nodes.flatMap((node) => visit(node));
    const visit = (node: N): N[] => {
      const { look, tooltip, below, isOpen } = this.#of(node);
      const present = this.#rows.look(node, now);
      if (look !== drawn(present) || (tooltip && isUntrue(tooltip, present, now))) return [node];
      if (below === undefined || !isOpen) return [];
      return isSameList(below, this.#rows.children(node)) ? changedBelow(below) : [node];
    };
    return changedBelow(this.#roots);
  }

  #of(node: N): Reported<N> {
    const key = this.#rows.key(node);
    const known = this.#reported.get(key);
    if (known) return known;
    const reported: Reported<N> = { node, isOpen: false };
    this.#reported.set(key, reported);
    return reported;
  }

  /** Tasks come and go all day. A row that stands elsewhere by now is still there. */
  #forget(key: string, parent: string): void {
    const reported = this.#reported.get(key);
    if (reported?.parent !== parent) return;
    this.#reported.delete(key);
    for (const node of reported.below ?? []) this.#forget(this.#rows.key(node), key);
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
