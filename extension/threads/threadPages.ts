import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { linksInText } from '../answers/textLinks.ts';
import { commandTo } from '../commands/commandTo.ts';
import { codeLens } from '../shown/codeLens.ts';
import type { Surfaces } from '../surfaces.ts';

const scheme = 'celeriac-threads';

/** Whose threads a page shows. */
export interface DumpPlace {
  readonly clusterId: string;
  readonly hostname: string;
}

interface Texts {
  readonly now: string;
  /** What stood there before it was taken anew. */
  readonly before: string | null;
}

/** What the threads of workers do, as documents. Nothing is asked again by itself: a dump is a signal to a process. */
export class ThreadPages
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.CodeLensProvider, vscode.Disposable
{
  readonly #texts = new Map<string, Texts>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [];
  readonly #surfaces: Surfaces;
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;

  constructor(surfaces: Surfaces) {
    this.#surfaces = surfaces;
  }

  start(): void {
    this.#disposables.push(
      this.#changed,
      this.#lensesChanged,
      this.#surfaces.documents(scheme, { content: this, links: this, lenses: this }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  dispose(): void {
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  /** In place of the dump of the same worker that is open. */
  async show(place: DumpPlace, text: string): Promise<void> {
    const uri = uriOf(place);
    const before = this.#texts.get(uri.toString())?.now ?? null;
    this.#texts.set(uri.toString(), { now: text, before });
    this.#changed.fire(uri);
    this.#lensesChanged.fire();
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  /** Of the page at this address, or the one in the active editor; null: there is none. */
  placeOf(document: vscode.Uri | null): DumpPlace | null {
    const uri = document ?? vscode.window.activeTextEditor?.document.uri;
    return uri?.scheme === scheme ? (JSON.parse(uri.query) as DumpPlace) : null;
  }

  textsOf(place: DumpPlace): Texts | null {
    return this.#texts.get(uriOf(place).toString()) ?? null;
  }

  /** The children of a pool are not asked; a debugger looks into any of them. */
  #attachLens(uri: vscode.Uri, at: vscode.Range): vscode.CodeLens[] {
    const place = this.placeOf(uri);
    if (!place) return [];
    const title = t('Attach Debugger…');
    return [codeLens(at, commandTo('attachDebugger', title, place), 'debug-alt')];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString())?.now ??
      t('This dump is no longer available. Select "Dump Again" to take another one.')
    );
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return linksInText(document, this.placeOf(document.uri)?.clusterId ?? '');
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    const lens = (icon: string, title: string, name: 'dumpThreads' | 'compareThreadDumps') =>
      codeLens(top, { ...commandTo(name, title), arguments: [uri] }, icon);
    return [
      lens('refresh', t('Dump Again'), 'dumpThreads'),
      ...this.#attachLens(uri, top),
      ...(this.#texts.get(uri.toString())?.before
        ? [lens('diff', t('Compare with Previous Dump'), 'compareThreadDumps')]
        : []),
    ];
  }
}

const uriOf = ({ clusterId, hostname }: DumpPlace): vscode.Uri =>
  vscode.Uri.from({
    scheme,
    path: `/${[clusterId, t('threads {0}', hostname)].map((name) => name.replaceAll(/[/\\]/g, '∕')).join('/')}`,
    query: JSON.stringify({ clusterId, hostname }),
  });
