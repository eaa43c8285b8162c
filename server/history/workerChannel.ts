import { Worker } from 'node:worker_threads';
import { CeleriacError, fromErrorData } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { AnswerOf, HistoryChannel, HistoryMethod } from './historyChannel.ts';
import type { HistoryFile } from './historyFile.ts';
import type { WorkerOptions, WorkerReply, WorkerRequest } from './workerMessages.ts';

export interface WorkerChannelOptions extends WorkerOptions {
  /** Where historyWorker.ts, or what it was bundled to, lies. */
  readonly workerFile: string;
  readonly notice: (sentence: string) => void;
  readonly opened: (path: string) => void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The file on a thread of its own. A thread that breaks down fails what was asked of it; the next call starts another. */
export class WorkerChannel implements HistoryChannel {
  private readonly options: WorkerChannelOptions;
  private readonly waiting = new Map<number, Waiting>();
  private thread: Worker | null = null;
  private calls = 0;
  private isClosing = false;

  constructor(options: WorkerChannelOptions) {
    this.options = options;
  }

  /** The answer is what the method of that name returns, in a copy. */
  call<M extends HistoryMethod>(method: M, ...args: Parameters<HistoryFile[M]>): Promise<AnswerOf<M>> {
    return this.ask(method, args) as Promise<AnswerOf<M>>;
  }

  async close(): Promise<void> {
    const { thread } = this;
    this.isClosing = true;
    if (!thread) return;
    const ended = new Promise((resolve) => thread.once('exit', resolve));
    this.post({ kind: 'close' });
    await ended;
  }

  private ask(method: HistoryMethod, args: readonly unknown[]): Promise<unknown> {
    if (this.isClosing) return Promise.reject(new CeleriacError('cancelled', phrase('history.closed')));
    const number = ++this.calls;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.post({ kind: 'call', number, method, args });
    });
  }

  private post(request: WorkerRequest): void {
    this.thread ??= this.startThread();
    this.thread.postMessage(request);
  }

  private startThread(): Worker {
    const { workerFile, path, busyMs, retention, redactPatterns } = this.options;
    const workerData: WorkerOptions = { path, busyMs, retention, redactPatterns };
    // Not this process's own options, some of which no thread may have; and Node.js 22 would call its SQLite experimental
    // on the standard error of the command line.
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    const thread = new Worker(workerFile, { workerData, execArgv, name: 'celeriac history' });
    let cause: unknown = null;
    thread.on('message', (reply: WorkerReply) => this.take(reply));
    thread.on('error', (error) => {
      cause = error;
    });
    thread.on('exit', () => this.ended(thread, cause));
    return thread;
  }

  private take(reply: WorkerReply): void {
    if (reply.kind === 'notice') {
      this.options.notice(reply.sentence);
      return;
    }
    if (reply.kind === 'opened') {
      this.options.opened(reply.path);
      return;
    }
    const waiting = this.waiting.get(reply.number);
    this.waiting.delete(reply.number);
    if (reply.kind === 'answer') waiting?.resolve(reply.value);
    else waiting?.reject(fromErrorData(reply.error));
  }

  private ended(thread: Worker, cause: unknown): void {
    if (this.thread === thread) this.thread = null;
    const why = cause instanceof Error ? cause.message : 'it ended by itself';
    const error = new CeleriacError('internal', phrase('history.threadEnded', { reason: why }), { cause });
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
