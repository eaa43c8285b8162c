import * as vscode from 'vscode';
import type { OpenTree, TreeTexts } from '../shown/openTree.ts';
import { treeItem, withTooltip } from '../shown/treeItem.ts';
import type { Surfaces, ViewId } from '../surfaces.ts';
import { ReportedRows } from './reportedRows.ts';
import type { Rows } from './rows.ts';

/** How often rows are compared while they change, and the largest share of the time that comparing may take. */
const soonestMs = 150;
/** After a quiet time, a change shows so soon. */
const atOnceMs = 15;
const longestPauseMs = 5_000;
const shareOfTime = 0.05;

interface RowTreeParts<N> {
  readonly surfaces: Pick<Surfaces, 'tree'>;
  readonly rows: Rows<N>;
  /** No row has others below it. */
  readonly isFlat?: boolean;
  /** The texts beside the rows; kept up even while the view is hidden, because its badge shows then too. */
  heading(): TreeTexts;
  /** How long rows rest between two comparisons, when longer than usual. */
  readonly soonMs?: number;
  /** How often rows that count time are compared. */
  readonly tickMs: number;
  isTicking(): boolean;
  /** Rows below a row become visible; they are shown when it resolves. */
  opened?(node: N): Promise<unknown> | undefined;
  /** Reads the data of the rows below open ones; rows are compared when it resolves. */
  refresh?(open: readonly N[]): Promise<unknown>;
  /** The view becomes visible. */
  appeared?(): void;
}

/** The tree of a view: draws only the rows that look different, and none while the view is hidden. */
export class RowTree<N extends object> implements vscode.TreeDataProvider<N>, vscode.Disposable {
  readonly #parts: RowTreeParts<N>;
  readonly #reported: ReportedRows<N>;
  readonly #tree: OpenTree<N>;
  readonly #redraw = new vscode.EventEmitter<N[] | undefined>();
  readonly #disposables: { dispose(): void }[] = [];
  readonly onDidChangeTreeData = this.#redraw.event;
  #timer: NodeJS.Timeout | null = null;
  #pauseMs: number;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #heading = '';

  constructor(view: ViewId, parts: RowTreeParts<N>) {
    this.#parts = parts;
    this.#reported = new ReportedRows(parts.rows);
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
      view.onDidCollapseElement(({ element }) => this.#reported.open(element, false)),
      view.onDidExpandElement(({ element }) => {
        if (this.#reported.open(element, true)) void this.#parts.opened?.(element);
        this.changed();
      }),
    );
    this.#showHeading();
  }

  dispose(): void {
    this.#stopWaiting();
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  /** Something may look different: rows are compared soon. */
  changed(): void {
    if (this.#timer) return;
    const rested = Math.max(0, Date.now() - this.#drawnAt);
    this.#timer = setTimeout(() => void this.draw(), Math.max(atOnceMs, this.#pauseMs - rested));
  }

  /** Compares rows at once. */
  async draw(): Promise<void> {
    this.#stopWaiting();
    this.#drawnAt = Date.now();
    this.#showHeading();
    if (!this.isVisible) return;
    if (this.#parts.refresh) await this.#parts.refresh(this.#reported.openRows());
    this.#compare();
  }

  async reveal(node: N, options: { readonly expand?: boolean } = {}): Promise<void> {
    await this.#tree.view.reveal(this.#reported.same(node), { ...options, select: true, focus: true });
  }

  openRows(): N[] {
    return this.#reported.openRows();
  }

  getTreeItem(node: N): vscode.TreeItem {
    return treeItem(this.#parts.rows.key(node), this.#reported.look(node, Date.now()));
  }

  getChildren(node?: N): N[] | Promise<N[]> {
    const reading = node && this.#reported.open(node, true) ? this.#parts.opened?.(node) : undefined;
    return reading ? reading.then(() => this.#reported.children(node)) : this.#reported.children(node);
  }

  getParent(node: N): N | undefined {
    return this.#reported.parent(node);
  }

  /** Made when the mouse is over the row, so that it is true at that moment. */
  resolveTreeItem(item: vscode.TreeItem, node: N): vscode.TreeItem {
    return withTooltip(item, this.#reported.tooltip(node, Date.now()));
  }

  #compare(): void {
    const startedAt = performance.now();
    const rows = this.#reported.changed(Date.now());
    if (rows === undefined || rows.length > 0) this.#redraw.fire(rows);
    const pauseMs = (performance.now() - startedAt) / shareOfTime;
    this.#pauseMs = Math.min(longestPauseMs, Math.max(this.#parts.soonMs ?? soonestMs, pauseMs));
  }

  #showHeading(): void {
    const heading = this.#parts.heading();
    const text = JSON.stringify(heading);
    if (text === this.#heading) return;
    this.#heading = text;
    this.#tree.show(heading);
  }

  #stopWaiting(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
