import * as vscode from 'vscode';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';
import { affectsConnections, keepsHistory, readConnections } from '../config.ts';
import type { Log } from '../log.ts';
import type { Mirror } from '../mirror.ts';

/** Keeps the backend's open clusters equal to the settings, also after the backend has come back. */
export class Connections implements vscode.Disposable {
  private readonly backend: Backend;
  private readonly mirror: Mirror;
  private readonly log: Log;
  private readonly storageFolder: string;
  private readonly problemsChanged = new vscode.EventEmitter<void>();
  private readonly listeners: vscode.Disposable[] = [];
  private opened = new Map<string, string>();
  private problems: ReadonlyMap<string, string> = new Map();
  private work: Promise<void> = Promise.resolve();
  private readonly first = Promise.withResolvers<void>();
  readonly onProblems = this.problemsChanged.event;
  /** Settles when the connections of the settings have been opened for the first time. */
  readonly firstOpened = this.first.promise;

  constructor(backend: Backend, mirror: Mirror, log: Log, storageFolder: string) {
    this.backend = backend;
    this.mirror = mirror;
    this.log = log;
    this.storageFolder = storageFolder;
  }

  /** Connections that cannot be opened, by name, with a sentence that says why. */
  get unusable(): ReadonlyMap<string, string> {
    return this.problems;
  }

  start(): void {
    this.listeners.push(
      this.backend.onState((state) => {
        if (state !== 'running') return;
        this.opened = new Map();
        this.reconcile();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsConnections(event)) this.reconcile();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.reconcile()),
    );
  }

  dispose(): void {
    for (const listener of this.listeners.splice(0)) listener.dispose();
    this.problemsChanged.dispose();
  }

  private reconcile(): void {
    this.work = this.work.then(() => this.reconcileNow()).catch((error) => this.log.error('Connecting failed.', error));
  }

  private async reconcileNow(): Promise<void> {
    if (this.backend.state !== 'running') return;
    const problems = new Map<string, string>();
    const wanted = new Map<string, ConnectionConfig>();
    for (const entry of readConnections(process.env)) {
      if ('problem' in entry) problems.set(entry.name, entry.problem);
      else wanted.set(entry.config.id, entry.config);
    }
    for (const clusterId of this.mirror.snapshots.keys()) if (!wanted.has(clusterId)) await this.close(clusterId);
    for (const config of wanted.values()) {
      const problem = await this.open(config);
      if (problem) problems.set(config.name, problem);
    }
    this.problems = problems;
    this.problemsChanged.fire();
    this.first.resolve();
    await vscode.commands.executeCommand('setContext', 'celeriac.noConnections', wanted.size + problems.size === 0);
  }

  /** Opens a cluster unless it is open just so; resolves with the reason when the backend refuses it. */
  private async open(connection: ConnectionConfig): Promise<string | null> {
    const historyFolder = keepsHistory() ? this.storageFolder : null;
    const fingerprint = JSON.stringify([connection, historyFolder]);
    if (this.opened.get(connection.id) === fingerprint) return null;
    try {
      this.mirror.replace(await this.backend.request(requests.openCluster, { connection, historyFolder }));
      this.opened.set(connection.id, fingerprint);
      return null;
    } catch (error) {
      this.opened.delete(connection.id);
      this.mirror.remove(connection.id);
      this.log.error(`${connection.name} was not opened.`, error);
      return error instanceof Error ? error.message : String(error);
    }
  }

  private async close(clusterId: string): Promise<void> {
    this.mirror.remove(clusterId);
    if (this.opened.delete(clusterId)) await this.backend.request(requests.closeCluster, { clusterId });
  }
}
