import * as vscode from 'vscode';
import type { ContextKey, ContextKeys } from './contextKeys.ts';
import { type OpenTree, openTree } from './shown/openTree.ts';

/** The views of the manifest. */
export type ViewId = 'celeriac.alerts' | 'celeriac.clusters' | 'celeriac.failures' | 'celeriac.tasks';

/** The documents that the extension writes: tracebacks, answers, thread dumps. */
export type Scheme = 'celeriac-answer' | 'celeriac-text' | 'celeriac-threads' | 'celeriac-traceback';

interface Documents {
  readonly content: vscode.TextDocumentContentProvider;
  readonly links?: vscode.DocumentLinkProvider;
  readonly lenses?: vscode.CodeLensProvider;
}

interface Files {
  readonly files: vscode.FileSystemProvider;
  readonly lenses: vscode.CodeLensProvider;
}

/**
 * The places in the window that have one owner. VS Code accepts a second tree for a view and a second provider for a scheme
 * without a word, and shows both; here the second owner is refused.
 */
export class Surfaces {
  readonly #owned = new Set<string>();

  tree<N>(view: ViewId, options: vscode.TreeViewOptions<N>): OpenTree<N> {
    this.#own('view', view);
    return openTree(view, options);
  }

  documents(scheme: Scheme, { content, links, lenses }: Documents): vscode.Disposable {
    this.#own('scheme', scheme);
    const providers = [vscode.workspace.registerTextDocumentContentProvider(scheme, content)];
    if (links) providers.push(vscode.languages.registerDocumentLinkProvider({ scheme }, links));
    if (lenses) providers.push(vscode.languages.registerCodeLensProvider({ scheme }, lenses));
    return vscode.Disposable.from(...providers);
  }

  /** Documents that can be edited. */
  files(scheme: 'celeriac-call', { files, lenses }: Files): vscode.Disposable {
    this.#own('scheme', scheme);
    return vscode.Disposable.from(
      vscode.workspace.registerFileSystemProvider(scheme, files, { isCaseSensitive: true }),
      vscode.languages.registerCodeLensProvider({ scheme }, lenses),
    );
  }

  pages(viewType: string, serializer: vscode.WebviewPanelSerializer): vscode.Disposable {
    this.#own('page', viewType);
    return vscode.window.registerWebviewPanelSerializer(viewType, serializer);
  }

  links(handler: vscode.UriHandler): vscode.Disposable {
    this.#own('handler', 'links');
    return vscode.window.registerUriHandler(handler);
  }

  /** Colours what bears addresses of this scheme. */
  decorations(scheme: string, provider: vscode.FileDecorationProvider): vscode.Disposable {
    this.#own('decorations of', scheme);
    return vscode.window.registerFileDecorationProvider(provider);
  }

  /** Returns what sets the key. */
  contextKey<K extends ContextKey>(key: K): (value: ContextKeys[K]) => Promise<void> {
    this.#own('context key', key);
    return async (value) => {
      await vscode.commands.executeCommand('setContext', key, value);
    };
  }

  #own(kind: string, id: string): void {
    const place = `${kind} ${id}`;
    if (this.#owned.has(place)) throw new Error(`The ${place} has an owner already.`);
    this.#owned.add(place);
  }
}
