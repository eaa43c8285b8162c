import * as vscode from 'vscode';
import type { OpenTree, TreeTexts } from '../shown/openTree.ts';
import { treeItem, withTooltip } from '../shown/treeItem.ts';
import type { Surfaces, ViewId } from '../surfaces.ts';
import type { Rows } from './rows.ts';
import { ToldRows } from './toldRows.ts';

/** Rows are compared so soon after a change, and then at most so much of the time. */
const soonestMs = 150;
const longestPauseMs = 5_000;
const shareOfTime = 0.05;

interface RowTreeParts<N> {
  readonly surfaces: Pick<Surfaces, 'tree'>;
  readonly rows: Rows<N>;
  /** No row has others below it. */
  readonly isFlat?: boolean;
  /** What stands beside the rows; that is told even while nobody looks, for the badge shows then too. */
  heading(): TreeTexts;
  /** Rows are compared so soon after a change, when that is later than usual. */
  readonly soonMs?: number;
  /** Rows that count time are compared this often, when they are there. */
  readonly tickMs: number;
  isTicking(): boolean;
  /** Rows below a row come to be seen; they are shown when that is done. */
  opened?(node: N): Promise<unknown> | undefined;
  /** Reads what the rows below open ones are made from; rows are compared when that is done. */
  refresh?(open: readonly N[]): Promise<unknown>;
  /** Somebody looks again. */
  appeared?(): void;
}

/** The tree of a view: it tells VS Code anew of those rows only that look different, and of none while nobody looks. */
export class RowTree<N extends object> implements vscode.TreeDataProvider<N>, vscode.Disposable {
  readonly #parts: RowTreeParts<N>;
  readonly #told: ToldRows<N>;
  readonly #tree: OpenTree<N>;
  readonly #redraw = new vscode.EventEmitter<N[] | undefined>();
  readonly #disposables: { dispose(): void }[] = [];
  readonly onDidChangeTreeData = this.#redraw.event;
  #timer: NodeJS.Timeout | null = null;
  #pauseMs: number;
  #heading = '';

  constructor(view: ViewId, parts: RowTreeParts<N>) {
    this.#parts = parts;
    this.#told = new ToldRows(parts.rows);
    this.#pauseMs = parts.soonMs ?? soonestMs;
    this.#tree = parts.surfaces.tree(view, { treeDataProvider: this, showCollapseAll: !parts.isFlat });
  }

  get isVisible(): boolean {
    return this.#tree.view.visible;
  }

  start(): void {
    const { view } = this.#tree;
    const { tickMs, isTicking, appeared } = this.#parts;
    const ticker = setInterval(() => this.isVisible && isTicking() && this.changed(), tickMs);
    this.#disposables.push(
      view,
      this.#redraw,
      { dispose: () => clearInterval(ticker) },
      view.onDidChangeVisibility(({ visible }) => {
        if (!visible) return;
        appeared?.();
        void this.draw();
      }),
      view.onDidCollapseElement(({ element }) => this.#told.open(element, false)),
      view.onDidExpandElement(({ element }) => {
        if (this.#told.open(element, true)) void this.#parts.opened?.(element);
        this.changed();
      }),
    );
    this.#tell();
  }

  dispose(): void {
    this.#stopWaiting();
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  /** Something may look different: soon, rows are compared. */
  changed(): void {
    this.#timer ??= setTimeout(() => void this.draw(), this.#pauseMs);
  }

  /** Compares rows at once. */
  async draw(): Promise<void> {
    this.#stopWaiting();
    this.#tell();
    if (!this.isVisible) return;
    if (this.#parts.refresh) await this.#parts.refresh(this.#told.openRows());
    this.#compare();
  }

  async reveal(node: N, options: { readonly expand?: boolean } = {}): Promise<void> {
    await this.#tree.view.reveal(this.#told.same(node), { ...options, select: true, focus: true });
  }

  openRows(): N[] {
    return this.#told.openRows();
  }

  getTreeItem(node: N): vscode.TreeItem {
    return treeItem(this.#parts.rows.key(node), this.#told.look(node, Date.now()));
  }

  getChildren(node?: N): N[] | Promise<N[]> {
    const reading = node && this.#told.open(node, true) ? this.#parts.opened?.(node) : undefined;
    return reading ? reading.then(() => this.#told.children(node)) : this.#told.children(node);
  }

  getParent(node: N): N | undefined {
    return this.#told.parent(node);
  }

  /** Asked for when somebody points at the row, so it says what is so then. */
  resolveTreeItem(item: vscode.TreeItem, node: N): vscode.TreeItem {
    return withTooltip(item, this.#told.tooltip(node, Date.now()));
  }

  #compare(): void {
    const startedAt = performance.now();
    const rows = this.#told.changed(Date.now());
    if (rows === undefined || rows.length > 0) this.#redraw.fire(rows);
    const pauseMs = (performance.now() - startedAt) / shareOfTime;
    this.#pauseMs = Math.min(longestPauseMs, Math.max(this.#parts.soonMs ?? soonestMs, pauseMs));
  }

  #tell(): void {
    const heading = this.#parts.heading();
    const text = JSON.stringify(heading);
    if (text === this.#heading) return;
    this.#heading = text;
    this.#tree.tell(heading);
  }

  #stopWaiting(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
