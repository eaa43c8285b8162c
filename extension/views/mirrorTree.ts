import * as vscode from 'vscode';
import type { ContextKey } from '../contextKeys.ts';
import type { MirrorChange } from '../mirror.ts';
import type { Parts } from '../parts.ts';
import type { OpenTree } from '../shown/openTree.ts';
import type { ViewId } from '../surfaces.ts';
import { PacedRedraw } from './pacedRedraw.ts';

/** What a view says beside its rows. */
interface Heading {
  /** In place of rows, when there are none. */
  readonly message: string;
  readonly description: string;
  readonly badge?: vscode.ViewBadge | undefined;
}

/** The rows of one view, as the mirror has them at the moment they are asked for. */
export interface MirrorRows<N> {
  /** Drawn at most once in so long. */
  readonly everyMs: number;
  item(node: N, showsMuted: boolean): vscode.TreeItem;
  children(node: N | undefined, showsMuted: boolean): N[] | Promise<N[]>;
  parent(node: N): N | undefined;
  /** Whether a change is one that these rows show. */
  concerns(change: MirrorChange): boolean;
  heading(showsMuted: boolean): Heading;
}

/** The views in which rows can be muted. */
type MutableView =
  Extract<ContextKey, `${ViewId}.showsMuted`> extends `${infer V extends ViewId}.showsMuted` ? V : never;

/** A view of what the mirror holds, in which rows can be muted: it is drawn anew when a change concerns it, and as its rows age. */
export class MirrorTree<N> implements vscode.TreeDataProvider<N>, vscode.Disposable {
  private readonly viewId: MutableView;
  private readonly parts: Pick<Parts, 'mirror' | 'surfaces'>;
  private readonly tellMenus: (shows: boolean) => Promise<void>;
  private readonly rows: MirrorRows<N>;
  private readonly redraw = new vscode.EventEmitter<undefined>();
  private readonly disposables: { dispose(): void }[] = [];
  private readonly pace: PacedRedraw;
  private tree: OpenTree<N> | null = null;
  private showsMuted = false;
  readonly onDidChangeTreeData = this.redraw.event;

  constructor(viewId: MutableView, parts: Pick<Parts, 'mirror' | 'surfaces'>, rows: MirrorRows<N>) {
    this.viewId = viewId;
    this.parts = parts;
    this.tellMenus = parts.surfaces.contextKey(`${viewId}.showsMuted`);
    this.rows = rows;
    this.pace = new PacedRedraw(() => this.draw(), rows.everyMs);
  }

  start(): void {
    this.tree = this.parts.surfaces.tree(this.viewId, { treeDataProvider: this, showCollapseAll: true });
    const { view } = this.tree;
    this.disposables.push(
      view,
      this.redraw,
      this.parts.mirror.onDidChange((change) => {
        if (this.rows.concerns(change)) this.pace.soon();
      }),
      view.onDidChangeVisibility(() => this.draw()),
    );
    this.tell();
  }

  dispose(): void {
    this.pace.dispose();
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  /** Also tells the menus, which offer the other choice. */
  async showMuted(shows: boolean): Promise<void> {
    this.showsMuted = shows;
    this.draw();
    await this.tellMenus(shows);
  }

  get mutedAreShown(): boolean {
    return this.showsMuted;
  }

  draw(): void {
    this.tell();
    this.redraw.fire(undefined);
  }

  async reveal(node: N): Promise<void> {
    await this.tree?.view.reveal(node, { select: true, focus: true });
  }

  getTreeItem(node: N): vscode.TreeItem {
    return this.rows.item(node, this.showsMuted);
  }

  getChildren(node?: N): N[] | Promise<N[]> {
    return this.rows.children(node, this.showsMuted);
  }

  getParent(node: N): N | undefined {
    return this.rows.parent(node);
  }

  private tell(): void {
    if (!this.tree) return;
    const { message, description, badge } = this.rows.heading(this.showsMuted);
    this.tree.tell({ message, description, badge });
    this.pace.age(this.tree.view.visible && message === '');
  }
}
