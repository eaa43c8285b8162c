import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AnswerPage, AnswerQuestion } from '../../server/api/answers.ts';
import { requests } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';
import { inspectTimeoutMs } from '../config.ts';
import { showProgress } from '../shown/showProgress.ts';
import { pathOf } from './questionWords.ts';

export const answerScheme = 'celeriac-answer';

/** An inspection that draws objects takes its time. */
const answerWithinMs = 65_000;

/** Read-only documents with answers: each carries its question, so that it can be asked again, also after a reload. */
export class AnswerPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #backend: Backend;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #pages = new Map<string, AnswerPage>();
  readonly #disposables: vscode.Disposable[] = [];
  #asked = 0;
  readonly onDidChange = this.#changed.event;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  start(): void {
    this.#disposables.push(
      this.#changed,
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#pages.delete(uri.toString())),
    );
  }

  dispose(): void {
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  /** After a reload VS Code opens what was open, perhaps before its connection is. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const page = this.#pages.get(uri.toString());
    if (page) return page.text;
    try {
      return (await this.#ask(uri)).text;
    } catch (error) {
      return `${error instanceof Error ? error.message : String(error)}\n`;
    }
  }

  /** What stands on an open page. */
  pageAt(uri: vscode.Uri): AnswerPage | null {
    return this.#pages.get(uri.toString()) ?? null;
  }

  async open(question: AnswerQuestion): Promise<void> {
    this.#asked += 1;
    const uri = vscode.Uri.from({
      scheme: answerScheme,
      path: pathOf(question),
      query: JSON.stringify(question),
      fragment: String(this.#asked),
    });
    await this.#ask(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  async refresh(uri: vscode.Uri): Promise<void> {
    await this.#ask(uri);
    this.#changed.fire(uri);
  }

  /** Asks, and keeps the answer for nobody. */
  async answer(question: AnswerQuestion): Promise<AnswerPage> {
    // By the settings as they are now, also for a page of yesterday.
    const asked = question.kind === 'inspect' ? { ...question, timeoutMs: inspectTimeoutMs() } : question;
    const options = { place: 'statusBar' as const, title: t('Asking: {0}', pathOf(question)) };
    return showProgress(options, () => this.#backend.request(requests.answer, asked, answerWithinMs));
  }

  async #ask(uri: vscode.Uri): Promise<AnswerPage> {
    const page = await this.answer(questionOf(uri));
    this.#pages.set(uri.toString(), page);
    return page;
  }
}

/** Written by `open`, and kept by VS Code with the editor's place. */
export const questionOf = (uri: vscode.Uri): AnswerQuestion => JSON.parse(uri.query) as AnswerQuestion;
