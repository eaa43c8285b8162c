import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PageAddress } from '../../server/api/page.ts';
import type { Parts } from '../parts.ts';
import { plainLine } from '../shown/plainLine.ts';
import { pageHtml } from './pageHtml.ts';
import { PageLink } from './pageLink.ts';

interface PagePanelParts {
  /** What VS Code knows these panels by, also after a reload: `activationEvents` has to name it. */
  readonly viewType: string;
  readonly titleOf: (address: PageAddress) => string;
  /** What a panel of the window before this one kept, if it can be shown again. */
  readonly restore: (kept: unknown) => PageAddress | null;
}

/** The panels of one kind of page: opens them, shows those that are open already, and restores them after a reload. */
export class PagePanels implements vscode.Disposable {
  private readonly parts: Parts;
  private readonly kind: PagePanelParts;
  private readonly panels = new Map<vscode.WebviewPanel, PageLink>();
  private serializer: vscode.Disposable | null = null;

  constructor(parts: Parts, kind: PagePanelParts) {
    this.parts = parts;
    this.kind = kind;
  }

  start(): void {
    this.serializer = this.parts.surfaces.pages(this.kind.viewType, {
      deserializeWebviewPanel: async (panel, kept: unknown) => {
        const address = this.kind.restore(addressIn(kept));
        if (address) this.fill(panel, address);
        else panel.dispose();
      },
    });
  }

  dispose(): void {
    this.serializer?.dispose();
    for (const panel of [...this.panels.keys()]) panel.dispose();
  }

  /** Shows the panel that shows this already, unless `another` is asked for. */
  open(address: PageAddress, another = false): void {
    const open = another ? undefined : this.find(address);
    if (open) {
      open.reveal();
      return;
    }
    const column = vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.Active;
    this.fill(vscode.window.createWebviewPanel(this.kind.viewType, '', column), address);
  }

  private find(address: PageAddress): vscode.WebviewPanel | undefined {
    const key = JSON.stringify(address);
    return [...this.panels].find(([, link]) => JSON.stringify(link.address) === key)?.[0];
  }

  private fill(panel: vscode.WebviewPanel, address: PageAddress): void {
    const { extensionUri } = this.parts.context;
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    const { webview } = panel;
    const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    const link = new PageLink(panel, this.parts, address);
    this.panels.set(panel, link);
    panel.onDidDispose(() => {
      this.panels.delete(panel);
      link.dispose();
    });
    link.start();
    panel.title = plainLine(this.kind.titleOf(address));
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(extensionUri, 'media', 'icons', `celery-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = pageHtml({
      address,
      source: webview.cspSource,
      script: file('dashboard.js'),
      style: file('dashboard.css'),
      nonce: randomBytes(18).toString('base64'),
      language: vscode.env.language,
      words: vscode.l10n.bundle ? JSON.stringify(vscode.l10n.bundle) : null,
    });
  }
}

/** Pages keep their address beside what else they keep (media/dashboard/messageHost.ts). */
const addressIn = (kept: unknown): unknown =>
  typeof kept === 'object' && kept !== null && 'address' in kept ? kept.address : undefined;
