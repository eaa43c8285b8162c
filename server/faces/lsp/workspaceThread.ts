import { Worker } from 'node:worker_threads';
import * as v from 'valibot';
import { CeleriacError, fromErrorData } from '../../api/errors.ts';
import { phrase } from '../../api/phrase.ts';
import type { Area } from '../../requests/area.ts';
import type { workspaceAreas } from './workspaceAreas.ts';
import type { WorkspaceQuestion, WorkspaceReply } from './workspaceWorker.ts';

export type WorkspaceRequest = keyof ReturnType<typeof workspaceAreas>['handlers'];

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface WorkspaceThreadParts {
  /** Where workspaceWorker.ts, or what it was bundled to, lies. */
  readonly workerFile: string;
  /** After so long without a question the thread ends and gives its memory back. */
  readonly idleMs?: number;
}

const usualIdleMs = 600_000;
/** What a workspace makes us hold ends the thread, not the backend. Young objects are few, so that reading leaves little behind. */
const memory = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 12 };

/**
 * Answers what concerns the files of a workspace on a thread of its own: however large or odd they are, events go on being
 * read. A thread that breaks down fails what was asked of it, and the next question starts another.
 */
export class WorkspaceThread {
  private readonly parts: WorkspaceThreadParts;
  private readonly waiting = new Map<number, Waiting>();
  private thread: Worker | null = null;
  private idle: NodeJS.Timeout | null = null;
  private questions = 0;

  constructor(parts: WorkspaceThreadParts) {
    this.parts = parts;
  }

  /** The parameters are decoded on the thread. */
  area(): Area<WorkspaceRequest> {
    const asked = Object.keys(names) as WorkspaceRequest[];
    return {
      schemas: Object.fromEntries(asked.map((name) => [name, v.any()])),
      handlers: Object.fromEntries(asked.map((name) => [name, (params: unknown) => this.ask(name, params)])),
    } as unknown as Area<WorkspaceRequest>;
  }

  private ask(name: WorkspaceRequest, params: unknown): Promise<unknown> {
    this.thread ??= this.start();
    if (this.idle) clearTimeout(this.idle);
    const question: WorkspaceQuestion = { number: ++this.questions, name, params };
    const { thread } = this;
    return new Promise((resolve, reject) => {
      this.waiting.set(question.number, { resolve, reject });
      thread.postMessage(question);
    });
  }

  private start(): Worker {
    const thread = new Worker(this.parts.workerFile, {
      execArgv: [],
      name: 'celeriac workspace',
      resourceLimits: memory,
    });
    let cause: unknown = null;
    thread.on('message', (reply: WorkspaceReply) => this.take(reply));
    thread.on('error', (error) => {
      cause = error;
    });
    thread.on('exit', () => this.ended(thread, cause));
    thread.unref();
    return thread;
  }

  private take({ number, result, error }: WorkspaceReply): void {
    const waiting = this.waiting.get(number);
    this.waiting.delete(number);
    if (error) waiting?.reject(fromErrorData(error));
    else waiting?.resolve(result);
    if (this.waiting.size > 0) return;
    const { thread } = this;
    this.idle = setTimeout(() => this.end(thread), this.parts.idleMs ?? usualIdleMs).unref();
  }

  private end(thread: Worker | null): void {
    if (this.waiting.size > 0 || this.thread !== thread) return;
    this.thread = null;
    void thread?.terminate();
  }

  private ended(thread: Worker, cause: unknown): void {
    if (this.thread !== thread) return;
    this.thread = null;
    const reason = cause instanceof Error ? cause.message : 'it ended by itself';
    const error = new CeleriacError('internal', phrase('workspace.threadEnded', { reason }), { cause });
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** All that `workspaceAreas` answers; its code is not loaded here. */
const names: Readonly<Record<WorkspaceRequest, true>> = {
  celeryApps: true,
  celeryCode: true,
  codeCallFit: true,
  codeCalls: true,
  codeComplete: true,
  codeCrontab: true,
  codeDrift: true,
  codeGraph: true,
  codeProblems: true,
  codeSignature: true,
  codeSummary: true,
  codeTaskAt: true,
  codeTasks: true,
  codeUses: true,
  discoverBrokers: true,
  findFrame: true,
  taskDefinitions: true,
};
