import * as vscode from 'vscode';
import type { InspectParams } from '../../server/api/inspect.ts';
import { requests } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';

export const inspectScheme = 'celeriac-inspect';

/** Read-only documents with workers' answers: each knows its question, so that it can be asked again in place. */
export class InspectPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly backend: Backend;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly texts = new Map<string, string>();
  private readonly disposables: vscode.Disposable[] = [];
  private asked = 0;
  readonly onDidChange = this.changed.event;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  start(): void {
    this.disposables.push(
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(inspectScheme, this),
      vscode.workspace.onDidCloseTextDocument((document) => this.texts.delete(document.uri.toString())),
    );
  }

  dispose(): void {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? 'These answers are gone. Run "Celery: Refresh Inspection" to ask again.';
  }

  async open(params: InspectParams): Promise<void> {
    this.asked += 1;
    const uri = vscode.Uri.from({
      scheme: inspectScheme,
      path: `/${params.clusterId}/${params.method}`,
      query: JSON.stringify(params),
      fragment: String(this.asked),
    });
    await this.ask(uri, params);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async refresh(uri: vscode.Uri): Promise<void> {
    await this.ask(uri, JSON.parse(uri.query) as InspectParams);
    this.changed.fire(uri);
  }

  private async ask(uri: vscode.Uri, params: InspectParams): Promise<void> {
    const title = `Asking the workers of ${params.clusterId}: ${params.method}`;
    const page = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      this.backend.request(requests.inspect, params),
    );
    this.texts.set(uri.toString(), page.text);
  }
}
