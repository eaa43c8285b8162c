import * as vscode from 'vscode';
import { partOf, plainLine } from './plainLine.ts';

interface LanguageLook {
  readonly text: string;
  readonly detail: string;
  readonly isWarning: boolean;
}

/** One item among those that say how a language is understood, at the right of the status bar. */
export class LanguageStatus implements vscode.Disposable {
  readonly #item: vscode.LanguageStatusItem;

  constructor(id: string, name: string, command: vscode.Command) {
    this.#item = vscode.languages.createLanguageStatusItem(id, { language: 'python', scheme: 'file' });
    this.#item.name = plainLine(name);
    this.#item.command = command;
  }

  show({ text, detail, isWarning }: LanguageLook): void {
    const { Information, Warning } = vscode.LanguageStatusSeverity;
    this.#item.text = partOf(text);
    this.#item.detail = plainLine(detail);
    this.#item.severity = isWarning ? Warning : Information;
  }

  dispose(): void {
    this.#item.dispose();
  }
}
