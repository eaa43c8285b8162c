import * as vscode from 'vscode';
import { RdbReader, type RdbWords } from '../../server/api/rdbReader.ts';

/** Listens where workers speak in this window: in terminals and debug sessions. */
export class RdbHearing implements vscode.Disposable {
  readonly #heard: (words: readonly RdbWords[]) => void;
  readonly #registered: readonly vscode.Disposable[];

  constructor(heard: (words: readonly RdbWords[]) => void) {
    this.#heard = heard;
    this.#registered = [
      vscode.window.onDidStartTerminalShellExecution(({ execution }) => void this.#listen(execution)),
      vscode.debug.registerDebugAdapterTrackerFactory('*', { createDebugAdapterTracker: () => this.#tracker() }),
    ];
  }

  dispose(): void {
    for (const each of this.#registered) each.dispose();
  }

  async #listen(execution: vscode.TerminalShellExecution): Promise<void> {
    const reader = new RdbReader();
    for await (const piece of execution.read()) this.#hear(reader, piece);
  }

  #tracker(): vscode.DebugAdapterTracker {
    const reader = new RdbReader();
    return { onDidSendMessage: (message: unknown) => this.#hear(reader, outputOf(message)) };
  }

  #hear(reader: RdbReader, piece: string): void {
    const words = reader.read(piece);
    if (words.length > 0) this.#heard(words);
  }
}

/** The debug adapter protocol: an `output` event. */
const outputOf = (message: unknown): string => {
  if (typeof message !== 'object' || message === null || Reflect.get(message, 'event') !== 'output') return '';
  const body: unknown = Reflect.get(message, 'body');
  const text: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'output') : null;
  return typeof text === 'string' ? text : '';
};
