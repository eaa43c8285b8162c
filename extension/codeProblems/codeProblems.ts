import * as vscode from 'vscode';
import type { CodeProblem } from '../../server/api/language.ts';
import { requests } from '../../server/api/requests.ts';
import type { Area, Parts } from '../parts.ts';
import { affectsSetting, setting } from '../setting.ts';
import { diagnostic } from '../shown/diagnostic.ts';
import { asRange, fixAllKind, ProblemFixes } from './problemFixes.ts';

const pauseMs = 400;
/** A first look at a large workspace. */
const withinMs = 60_000;

/** Celery's pitfalls as problems of the editor, for as long as a file that has to do with Celery is open. */
export const startCodeProblems = (parts: Parts): Area => {
  const watch = new ProblemWatch(parts);
  return { commands: {}, dispose: () => watch.dispose() };
};

class ProblemWatch implements vscode.Disposable {
  private readonly parts: Parts;
  private readonly shown = vscode.languages.createDiagnosticCollection('celeriac');
  private readonly fixes = new ProblemFixes();
  private readonly listeners: readonly vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private isAsking = false;
  private isDue = false;

  constructor(parts: Parts) {
    this.parts = parts;
    const { workspace, languages } = vscode;
    this.listeners = [
      workspace.onDidOpenTextDocument((document) => this.touch(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.touch(document)),
      workspace.onDidSaveTextDocument((document) => this.touch(document)),
      parts.code.onDidChange(() => this.askSoon()),
      languages.registerCodeActionsProvider({ language: 'python' }, this.fixes, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (affectsSetting(event, 'check.rules')) this.askSoon();
      }),
      this.shown,
    ];
    for (const document of workspace.textDocuments) this.touch(document);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of this.listeners.toReversed()) each.dispose();
  }

  private touch(document: vscode.TextDocument): void {
    if (document.languageId !== 'python' || document.uri.scheme !== 'file') return;
    if (this.isDue || this.isKnown(document) || this.parts.code.concerns(document)) this.askSoon();
  }

  private askSoon(): void {
    this.isDue = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), pauseMs);
  }

  /** A file with problems may have lost the word that made it one of Celery's. */
  private isKnown({ uri }: vscode.TextDocument): boolean {
    return this.shown.has(uri);
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    this.isDue = false;
    try {
      const { problems } = await this.parts.code.ask(requests.codeProblems, { rules: ruleSettings() }, withinMs);
      this.show(problems);
    } catch (error) {
      this.parts.log.error('The code of the workspace could not be checked.', error);
    } finally {
      this.isAsking = false;
      if (this.isDue) this.timer = setTimeout(() => void this.ask(), pauseMs);
    }
  }

  private show(problems: readonly CodeProblem[]): void {
    const byFile = Map.groupBy(problems, ({ file }) => file);
    this.fixes.problems = byFile;
    this.shown.clear();
    for (const [file, own] of byFile)
      this.shown.set(
        vscode.Uri.file(file),
        own.map((each) => diagnostic({ ...each, range: asRange(each.range) })),
      );
  }
}

/** Each folder may have its own. */
const ruleSettings = (): Readonly<Record<string, Readonly<Record<string, string>>>> =>
  Object.fromEntries(
    (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => [uri.fsPath, setting('check.rules', uri)]),
  );
