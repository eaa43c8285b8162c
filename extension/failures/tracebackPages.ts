import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { frameLinks } from '../answers/textLinks.ts';
import { shownRedactor } from '../config.ts';
import type { Surfaces } from '../surfaces.ts';

const scheme = 'celeriac-traceback';

export interface TracebackPage {
  readonly clusterId: string;
  readonly taskId: string;
  readonly taskName: string | null;
  readonly worker: string | null;
  readonly at: number | null;
  readonly exception: string | null;
  readonly traceback: string | null;
}

/** Tracebacks as documents: they can be searched, and each frame leads into the workspace. */
export class TracebackPages
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  private readonly surfaces: Surfaces;
  private readonly texts = new Map<string, string>();
  private readonly disposables: vscode.Disposable[] = [];

  constructor(surfaces: Surfaces) {
    this.surfaces = surfaces;
  }

  start(): void {
    this.disposables.push(
      this.surfaces.documents(scheme, { content: this, links: this }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    );
  }

  dispose(): void {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  async open(page: TracebackPage): Promise<void> {
    const path = `/${page.clusterId}/${page.taskName ?? t('unknown task')} ${page.taskId.slice(0, 8)}.txt`;
    const uri = vscode.Uri.from({ scheme, path, query: `${page.taskId} ${page.at ?? ''}` });
    this.texts.set(uri.toString(), textOf(page));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.texts.get(uri.toString()) ??
      t('This traceback is no longer available. Open it again from the Failures view.')
    );
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return frameLinks(document.getText());
  }
}

const textOf = ({ taskName, taskId, worker, at, clusterId, exception, traceback }: TracebackPage): string => {
  const head = [
    `${taskName ?? t('unknown task')} ${taskId}`,
    [clusterId, worker, at === null ? null : new Date(at).toLocaleString()].filter(Boolean).join(' · '),
  ].join('\n');
  const none = t('This failure has no traceback.');
  const told = traceback?.trimEnd() || [exception ?? '', none].filter(Boolean).join('\n\n');
  return `${head}\n\n${shownRedactor().traceback(told)}\n`;
};
