import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ChangeBatch } from '../server/api/change.ts';
import { CeleriacError } from '../server/api/errors.ts';
import { apiVersion, type Request, requests } from '../server/api/requests.ts';
import type { Log } from './log.ts';

/** `idle`: nothing has asked for it yet, so there is no process. */
export type BackendState = 'idle' | 'starting' | 'running' | 'restarting' | 'stopped';

const answerWithinMs = 15_000;
const crashWindowMs = 60_000;
const crashesBeforeAsking = 3;

/** The backend process: typed calls, its life, and its return after a crash. */
export class Backend implements vscode.Disposable {
  private readonly serverFile: string;
  private client: LanguageClient | null = null;
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
    this.serverFile = serverFile;
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
    if (this.client) await this.client.restart();
    else await this.start();
  }

  /** Starts the process when it is the first that asks. */
  async request<P, R>(request: Request<P, R>, params: P, withinMs = answerWithinMs): Promise<R> {
    if (!this.client) await this.wake();
    const { client } = this;
    if (!client) throw notRunning();
    const cancel = new vscode.CancellationTokenSource();
    const timer = setTimeout(() => cancel.cancel(), withinMs);
    try {
      return await client.sendRequest<R>(request.method, params, cancel.token);
    } catch (error) {
      if (cancel.token.isCancellationRequested)
        throw new CeleriacError(
          'timeout',
          `Celeriac did not answer within ${withinMs / 1_000} s. Run "Celery: Restart Celeriac".`,
        );
      throw (await library()).fromWire(error);
    } finally {
      clearTimeout(timer);
      cancel.dispose();
    }
  }

  async dispose(): Promise<void> {
    this.become('stopped');
    // A client that is only starting cannot be stopped; its process ends with the channel to this one.
    if (this.client?.needsStop())
      await this.client.stop(2_000).catch((error) => this.log.error('The backend did not stop in order.', error));
    this.changed.dispose();
    this.stateChanged.dispose();
  }

  private async start(): Promise<void> {
    const settled = Promise.withResolvers<void>();
    const listener = this.onState((state) => state !== 'starting' && settled.resolve());
    this.become('starting');
    try {
      this.client ??= await this.makeClient();
      if (this.state === 'stopped') return;
      await this.client.start();
      await settled.promise;
    } catch (error) {
      this.log.error('The backend did not start.', error);
      this.become('stopped');
    } finally {
      listener.dispose();
    }
  }

  private async makeClient(): Promise<LanguageClient> {
    const { makeClient } = await library();
    const options = {
      initializationOptions: { textsFile: vscode.l10n.uri?.fsPath },
      outputChannel: this.log.cleanChannel,
    };
    return makeClient(this.serverFile, options, {
      changed: (batch) => this.changed.fire(batch),
      running: () => void this.greet(),
      crashed: () => this.afterCrash(),
    });
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

  /** Returns whether the process shall be started again. */
  private afterCrash(): boolean {
    this.pid = null;
    if (this.current === 'stopped') return false;
    const now = Date.now();
    this.crashes = [...this.crashes.filter((at) => now - at < crashWindowMs), now];
    const again = this.crashes.length < crashesBeforeAsking;
    this.log.error(
      `The backend ended unexpectedly. ${again ? 'Starting it again.' : 'That was the third time in a minute.'}`,
    );
    this.become(again ? 'restarting' : 'stopped');
    return again;
  }

  private become(state: BackendState): void {
    if (this.current === state && state !== 'running') return;
    this.current = state;
    this.stateChanged.fire(state);
  }
}

const library = () => import('./backendClient.ts');

const notRunning = (): CeleriacError =>
  new CeleriacError('internal', 'Celeriac is not running. Run "Celery: Restart Celeriac".');
