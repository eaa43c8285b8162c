import * as vscode from 'vscode';
import type { CodeParams } from '../../server/api/code.ts';
import type { Request } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';
import { localFolders } from '../goToCode/pathMappings.ts';

/** A first look at a large workspace. */
const withinMs = 60_000;
/** Files are written in bursts: a checkout, a formatter. */
const pauseMs = 300;
const read = '**/*.{py,yml,yaml,json,toml}';
const concernsCelery = /celery|shared_task|\.delay\(|apply_async/i;

/**
 * The code of the workspace, for whatever asks about it: the folders, the texts that are not saved yet, and a number that says
 * when files have changed. Nothing is watched before the first question.
 */
export class WorkspaceCode implements vscode.Disposable {
  private readonly backend: Backend;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listeners: vscode.Disposable[] = [this.changed];
  private timer: NodeJS.Timeout | undefined;
  private revision = 1;
  private isWatching = false;
  /** Files on the disk, or the folders, have changed; what is typed has its own events. */
  readonly onDidChange = this.changed.event;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  start(): void {
    this.listeners.push(vscode.workspace.onDidChangeWorkspaceFolders(() => this.touch()));
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of this.listeners.splice(0).reverse()) each.dispose();
  }

  /** Whether a document has to do with Celery; for most there is nothing to ask. */
  concerns(document: vscode.TextDocument): boolean {
    return (
      document.uri.scheme === 'file' &&
      vscode.workspace.getWorkspaceFolder(document.uri) !== undefined &&
      concernsCelery.test(document.getText())
    );
  }

  ask<P extends CodeParams, R>(
    request: Request<P, R>,
    params: Omit<P, keyof CodeParams>,
    limitMs = withinMs,
  ): Promise<R> {
    this.watch();
    const about: CodeParams = { folders: localFolders(), unsaved: unsavedTexts(), revision: this.revision };
    return this.backend.request(request, { ...params, ...about } as P, limitMs);
  }

  private watch(): void {
    if (this.isWatching) return;
    this.isWatching = true;
    const watcher = vscode.workspace.createFileSystemWatcher(read);
    const touch = (): void => this.touch();
    this.listeners.push(watcher, watcher.onDidChange(touch), watcher.onDidCreate(touch), watcher.onDidDelete(touch));
  }

  /** Before the first question nobody holds anything that could be old. */
  private touch(): void {
    this.revision++;
    if (!this.isWatching) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.fire(), pauseMs);
  }
}

const unsavedTexts = (): CodeParams['unsaved'] =>
  vscode.workspace.textDocuments
    .filter(({ isDirty, languageId, uri }) => isDirty && languageId === 'python' && uri.scheme === 'file')
    .map((document) => ({ file: document.fileName, text: document.getText() }));
