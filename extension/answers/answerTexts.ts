import * as vscode from 'vscode';
import type { Surfaces } from '../surfaces.ts';

const scheme = 'celeriac-text';

/** Read-only texts that are shown once: the two sides of a comparison, the answers to an order. */
export class AnswerTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #disposables: vscode.Disposable[] = [];
  readonly #surfaces: Surfaces;
  #count = 0;

  constructor(surfaces: Surfaces) {
    this.#surfaces = surfaces;
  }

  start(): void {
    this.#disposables.push(
      this.#surfaces.documents(scheme, { content: this }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  dispose(): void {
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  put(path: string, text: string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme, path, fragment: String(this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  async show(path: string, text: string): Promise<void> {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.put(path, text)), {
      preview: true,
    });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }
}
