import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { requests } from '../../server/api/requests.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { alertHistoryText } from './alertHistoryText.ts';

const scheme = 'celeriac-alerts';
const entries = 500;

/** The alerts of the past as a document. */
export class AlertHistory implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly parts: Parts;
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly disposables: vscode.Disposable[] = [];
  readonly onDidChange = this.changed.event;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  start(): void {
    this.disposables.push(this.changed, this.parts.surfaces.documents(scheme, { content: this }));
  }

  dispose(): void {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? t('Run "Celery: Show Alert History" to read it again.');
  }

  async open(target: RowTarget): Promise<void> {
    const cluster = await chooseCluster(target.clusterId, this.parts, t('Show Alert History'));
    const { clusterId, name } = cluster;
    const listed = await this.parts.backend.request(requests.alertHistory, { clusterId, query: { limit: entries } });
    const uri = vscode.Uri.from({ scheme, path: `/${name}/${t('alerts')}.txt` });
    this.texts.set(uri.toString(), alertHistoryText(name, listed, Date.now()));
    this.changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }
}
