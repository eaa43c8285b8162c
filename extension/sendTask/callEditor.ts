import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { commandId } from '../commands/table.ts';
import type { Parts } from '../parts.ts';
import { codeLens } from '../shown/codeLens.ts';
import { readCallText } from './readArguments.ts';

const scheme = 'celeriac-call';
const saveAfterMs = 150;

/** A call that is being edited. */
interface OpenCall {
  /** The name of the tab. */
  readonly name: string;
  readonly text: string;
  /** What the lens says: "Send to default on shop". */
  readonly action: string;
  readonly send: (sides: { readonly argsJson: string; readonly kwargsJson: string }) => Promise<void>;
}

/**
 * Calls that are edited in a tab of their own. Their texts are in memory only: arguments are not written to disk, and closing
 * a tab asks nothing, sends nothing and forgets the call.
 */
export class CallEditors implements vscode.FileSystemProvider, vscode.CodeLensProvider, vscode.Disposable {
  private readonly surfaces: Parts['surfaces'];
  private readonly calls = new Map<string, { readonly call: OpenCall; bytes: Uint8Array; changedAt: number }>();
  private readonly disposables: vscode.Disposable[] = [];
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly saves = new Map<string, NodeJS.Timeout>();
  private count = 0;
  readonly onDidChangeFile = this.changed.event;

  constructor(surfaces: Parts['surfaces']) {
    this.surfaces = surfaces;
  }

  start(): void {
    this.disposables.push(
      this.surfaces.files(scheme, { files: this, lenses: this }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.saveSoon(document)),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.forget(closed)),
      this.changed,
    );
  }

  dispose(): void {
    for (const timer of this.saves.values()) clearTimeout(timer);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  /** Opens a tab for a call, with the cursor at its first argument. */
  async open(call: OpenCall): Promise<void> {
    this.count += 1;
    const uri = vscode.Uri.from({ scheme, path: `/${this.count}/${call.name.replaceAll(/[\\/]/g, '_')}.jsonc` });
    this.calls.set(uri.toString(), { call, bytes: new TextEncoder().encode(call.text), changedAt: Date.now() });
    const document = await vscode.workspace.openTextDocument(uri);
    const at = document.positionAt(call.text.indexOf('"args": ') + '"args": '.length + 1);
    await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(at, at) });
  }

  /** Sends what the document holds now, and closes its tab. */
  async send(uri: vscode.Uri | null): Promise<void> {
    const target = uri ?? vscode.window.activeTextEditor?.document.uri ?? null;
    const held = target && this.calls.get(target.toString());
    if (!target || !held) throw new CeleriacError('notFound', t('There is no call to send. Use "Send Task…" first.'));
    const document = await vscode.workspace.openTextDocument(target);
    const read = readCallText(document.getText());
    if ('problem' in read) {
      const position = document.positionAt(read.at);
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
      const place = t('line {0}, column {1}', position.line + 1, position.character + 1);
      throw new CeleriacError('badRequest', t('Not sent. {0} ({1}).', withoutStop(read.problem), place));
    }
    await held.call.send(read);
    // Closing a document with unsaved text would ask about it.
    await document.save();
    await this.close(target);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const call = this.calls.get(document.uri.toString())?.call;
    if (!call) return [];
    const line = document.lineAt(
      Math.max(
        0,
        document
          .getText()
          .split('\n')
          .findIndex((each) => each.startsWith('{')),
      ),
    );
    const command = commandId('sendCall');
    return [codeLens(line.range, { title: call.action, command, arguments: [document.uri] }, 'play')];
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, changedAt } = this.held(uri);
    return { type: vscode.FileType.File, ctime: changedAt, mtime: changedAt, size: bytes.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.held(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    const held = this.held(uri);
    held.bytes = bytes;
    held.changedAt = Date.now();
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  private held(uri: vscode.Uri) {
    const held = this.calls.get(uri.toString());
    if (held) return held;
    throw vscode.FileSystemError.FileNotFound(uri);
  }

  /** A document that is never unsaved asks nothing when its tab is closed. */
  private saveSoon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (!this.calls.has(key)) return;
    clearTimeout(this.saves.get(key));
    this.saves.set(
      key,
      setTimeout(() => void document.save(), saveAfterMs),
    );
  }

  private async close(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => isOf(tab, uri));
    await vscode.window.tabGroups.close(tabs);
  }

  private forget(closed: readonly vscode.Tab[]): void {
    for (const key of this.calls.keys()) {
      const uri = vscode.Uri.parse(key);
      if (!closed.some((tab) => isOf(tab, uri))) continue;
      this.calls.delete(key);
      clearTimeout(this.saves.get(key));
      this.saves.delete(key);
    }
  }
}

const isOf = ({ input }: vscode.Tab, uri: vscode.Uri): boolean =>
  input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();

const withoutStop = (sentence: string): string => (sentence.endsWith('.') ? sentence.slice(0, -1) : sentence);
