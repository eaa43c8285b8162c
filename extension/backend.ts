import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  ResponseError,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { backendNodeFlags } from '../server/api/backendProcess.ts';
import type { ChangeBatch } from '../server/api/change.ts';
import { CeleriacError, type ErrorCode } from '../server/api/errors.ts';
import { apiVersion, notifications, type Request, requests } from '../server/api/requests.ts';
import type { Log } from './log.ts';

/** `idle`: nothing has asked for it yet, so there is no process. */
export type BackendState = 'idle' | 'starting' | 'running' | 'restarting' | 'stopped';

const answerWithinMs = 15_000;
const crashWindowMs = 60_000;
const crashesBeforeAsking = 3;

/** The backend process: typed calls, its life, and its return after a crash. */
export class Backend implements vscode.Disposable {
  private readonly client: LanguageClient;
  private readonly log: Log;
  private readonly changed = new vscode.EventEmitter<ChangeBatch>();
  private readonly stateChanged = new vscode.EventEmitter<BackendState>();
  private crashes: number[] = [];
  private current: BackendState = 'idle';
  private waking: Promise<void> | null = null;
  private pid: number | null = null;
  /** Numbered changes from the engine. */
  readonly onChanges = this.changed.event;
  /** `running` comes again after every restart: whoever had opened something opens it again. */
  readonly onState = this.stateChanged.event;

  constructor(serverFile: string, log: Log) {
    this.log = log;
    const module = { module: serverFile, transport: TransportKind.ipc };
    const run = { ...module, options: { execArgv: [...backendNodeFlags] } };
    const debug = { ...module, options: { execArgv: [...backendNodeFlags, '--nolazy', '--inspect=127.0.0.1:6019'] } };
    this.client = new LanguageClient('celeriac', 'Celeriac', { run, debug }, this.clientOptions());
    this.client.onNotification(notifications.changes.method, (batch: ChangeBatch) => this.changed.fire(batch));
    this.client.onDidChangeState((event) => {
      if (event.newState === State.Running) void this.greet();
    });
  }

  get state(): BackendState {
    return this.current;
  }

  /** The backend's process, while it runs. */
  get processId(): number | null {
    return this.pid;
  }

  /** Starts the process unless something asked for it before; resolves when it runs, or when it cannot be started. */
  wake(): Promise<void> {
    this.waking ??= this.start();
    return this.waking;
  }

  async restart(): Promise<void> {
    if (this.current === 'idle') return this.wake();
    this.crashes = [];
    this.become('restarting');
    await this.client.restart();
  }

  /** Starts the process when it is the first that asks. */
  async request<P, R>(request: Request<P, R>, params: P, withinMs = answerWithinMs): Promise<R> {
    if (this.current === 'idle') await this.wake();
    const cancel = new vscode.CancellationTokenSource();
    const timer = setTimeout(() => cancel.cancel(), withinMs);
    try {
      return await this.client.sendRequest<R>(request.method, params, cancel.token);
    } catch (error) {
      if (cancel.token.isCancellationRequested)
        throw new CeleriacError(
          'timeout',
          `Celeriac did not answer within ${withinMs / 1_000} s. Run "Celery: Restart Celeriac".`,
        );
      throw fromWire(error);
    } finally {
      clearTimeout(timer);
      cancel.dispose();
    }
  }

  async dispose(): Promise<void> {
    this.become('stopped');
    // A client that is only starting cannot be stopped; its process ends with the channel to this one.
    if (this.client.needsStop())
      await this.client.stop(2_000).catch((error) => this.log.error('The backend did not stop in order.', error));
    this.changed.dispose();
    this.stateChanged.dispose();
  }

  private async start(): Promise<void> {
    const settled = Promise.withResolvers<void>();
    const listener = this.onState((state) => state !== 'starting' && settled.resolve());
    this.become('starting');
    try {
      await this.client.start();
      await settled.promise;
    } catch (error) {
      this.log.error('The backend did not start.', error);
      this.become('stopped');
    } finally {
      listener.dispose();
    }
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [],
      initializationOptions: { textsFile: vscode.l10n.uri?.fsPath },
      outputChannel: this.log.cleanChannel,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.afterCrash(),
      },
    };
  }

  private async greet(): Promise<void> {
    try {
      const handshake = await this.request(requests.handshake, { apiVersion });
      this.pid = handshake.pid;
      this.log.info(`The backend runs as process ${handshake.pid} on Node ${handshake.nodeVersion}.`);
      this.become('running');
    } catch (error) {
      this.log.error('The backend started but did not greet.', error);
      this.become('stopped');
    }
  }

  private afterCrash(): { action: CloseAction; handled: boolean } {
    this.pid = null;
    if (this.current === 'stopped') return { action: CloseAction.DoNotRestart, handled: true };
    const now = Date.now();
    this.crashes = [...this.crashes.filter((at) => now - at < crashWindowMs), now];
    const again = this.crashes.length < crashesBeforeAsking;
    this.log.error(
      `The backend ended unexpectedly. ${again ? 'Starting it again.' : 'That was the third time in a minute.'}`,
    );
    this.become(again ? 'restarting' : 'stopped');
    return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
  }

  private become(state: BackendState): void {
    if (this.current === state && state !== 'running') return;
    this.current = state;
    this.stateChanged.fire(state);
  }
}

/** Gives an error that crossed the process its code back. */
const fromWire = (error: unknown): unknown => {
  if (!(error instanceof ResponseError)) return error;
  const data: unknown = error.data;
  const code = typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : 'internal';
  return new CeleriacError(code as ErrorCode, error.message);
};
