import * as vscode from 'vscode';
import type { Log } from '../log.ts';
import { affectsSetting } from '../setting.ts';
import { namedLogFiles } from './namedLogFiles.ts';
import { LineReader } from './waiting/lineReader.ts';
import { filesLike, logFilesOf } from './waiting/logFiles.ts';
import { LogFollower } from './waiting/logFollower.ts';
import type { RdbWords } from './waiting/rdbWords.ts';

const filesEveryMs = 15_000;
const mostFiles = 50;

export interface HearingOptions {
  pids(): ReadonlySet<number>;
  heard(words: RdbWords): void;
  readonly log: Log;
}

/** Listens where workers speak: terminals, debug sessions, and log files of this machine. */
export class RdbHearing implements vscode.Disposable {
  readonly #options: HearingOptions;
  readonly #registered: readonly vscode.Disposable[];
  readonly #followers = new Map<string, LogFollower>();
  readonly #timer: NodeJS.Timeout;
  #isLooking = false;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#registered = [
      vscode.window.onDidStartTerminalShellExecution(({ execution }) => void this.#listen(execution)),
      vscode.debug.registerDebugAdapterTrackerFactory('*', { createDebugAdapterTracker: () => this.#tracker() }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsSetting(event, 'debug.logFiles')) void this.followFiles();
      }),
    ];
    this.#timer = setInterval(() => void this.followFiles(), filesEveryMs);
    void this.followFiles();
  }

  /** Files come and go: those that the settings name, and those of the workers that run here now. */
  async followFiles(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const found = await Promise.all([
        ...namedLogFiles().map(filesLike),
        ...[...this.#options.pids()].map((pid) => logFilesOf(pid)),
      ]);
      this.#follow(new Set(found.flat().slice(0, mostFiles)));
    } catch (error) {
      this.#options.log.error('The log files of the workers could not be looked for.', error);
    } finally {
      this.#isLooking = false;
    }
  }

  dispose(): void {
    clearInterval(this.#timer);
    for (const each of [...this.#registered, ...this.#followers.values()]) each.dispose();
    this.#followers.clear();
  }

  #follow(files: ReadonlySet<string>): void {
    for (const [file, follower] of this.#followers)
      if (!files.has(file)) {
        follower.dispose();
        this.#followers.delete(file);
      }
    for (const file of files) {
      if (this.#followers.has(file)) continue;
      const follower = new LogFollower(file, (words) => this.#options.heard(words));
      this.#followers.set(file, follower);
      void follower.start();
    }
  }

  async #listen(execution: vscode.TerminalShellExecution): Promise<void> {
    const reader = new LineReader();
    for await (const piece of execution.read()) this.#hear(reader, piece);
  }

  #tracker(): vscode.DebugAdapterTracker {
    const reader = new LineReader();
    return { onDidSendMessage: (message: unknown) => this.#hear(reader, outputOf(message)) };
  }

  #hear(reader: LineReader, piece: string): void {
    for (const words of reader.read(piece)) this.#options.heard(words);
  }
}

/** The debug adapter protocol: an `output` event. */
const outputOf = (message: unknown): string => {
  if (typeof message !== 'object' || message === null || Reflect.get(message, 'event') !== 'output') return '';
  const body: unknown = Reflect.get(message, 'body');
  const text: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'output') : null;
  return typeof text === 'string' ? text : '';
};
