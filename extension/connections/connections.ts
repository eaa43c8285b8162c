import * as vscode from 'vscode';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';
import {
  affectsConnections,
  affectsHealthRules,
  healthRules,
  keepsHistory,
  listConnections,
  surroundings,
} from '../config.ts';
import type { Log } from '../log.ts';
import type { Mirror } from '../mirror.ts';
import type { SecretBook } from '../secrets.ts';
import type { Surfaces } from '../surfaces.ts';
import type { ConnectionChoices } from './connectionChoices.ts';
import { idleSnapshot } from './idleSnapshot.ts';
import type { ListedConnection } from './listedConnection.ts';
import { maskPlaceholders, type Placeholder } from './placeholder.ts';
import { type Resolved, resolveConnection, type Unusable } from './resolveConnection.ts';

export interface ConnectionsParts {
  readonly backend: Backend;
  readonly mirror: Mirror;
  readonly log: Log;
  readonly secrets: SecretBook;
  readonly choices: ConnectionChoices;
  readonly storageFolder: string;
  readonly surfaces: Surfaces;
}

/** Keeps the backend's open clusters equal to the settings and to what the user wants open, also after a crash. */
export class Connections implements vscode.Disposable {
  private readonly parts: ConnectionsParts;
  private readonly tellNoConnections: (areNone: boolean) => Promise<void>;
  private readonly tellHasConnections: (areSome: boolean) => Promise<void>;
  private readonly tellNoneIsUsable: (isNone: boolean) => Promise<void>;
  private readonly problemsChanged = new vscode.EventEmitter<void>();
  private readonly listeners: vscode.Disposable[] = [];
  private opened = new Map<string, string>();
  private problems: ReadonlyMap<string, string> = new Map();
  private missing: ReadonlyMap<string, readonly Placeholder[]> = new Map();
  private work: Promise<void> = Promise.resolve();
  private readonly first = Promise.withResolvers<void>();
  readonly onProblems = this.problemsChanged.event;
  /** Settles when the connections of the settings have been opened for the first time. */
  readonly firstOpened = this.first.promise;

  constructor(parts: ConnectionsParts) {
    this.parts = parts;
    this.tellNoConnections = parts.surfaces.contextKey('celeriac.noConnections');
    this.tellHasConnections = parts.surfaces.contextKey('celeriac.hasConnections');
    this.tellNoneIsUsable = parts.surfaces.contextKey('celeriac.noneIsUsable');
  }

  /** Connections that cannot be opened, by name, with a sentence that says why. */
  get unusable(): ReadonlyMap<string, string> {
    return this.problems;
  }

  /** The entries that belong into this window, as they stand in the settings. */
  get listed(): readonly ListedConnection[] {
    return listConnections().listed;
  }

  /** The secrets that a connection lacks, and that the user can give. */
  missingOf(name: string): readonly Placeholder[] {
    return this.missing.get(name) ?? [];
  }

  wants(name: string): boolean {
    return this.parts.choices.wants(name);
  }

  /** An entry as it would be opened now. */
  async resolve({ setting, index, name }: ListedConnection): Promise<Resolved> {
    const { secrets, log } = this.parts;
    const hide = (secret: string): void => log.hide(secret);
    return resolveConnection(setting, index, surroundings(await secrets.of(name), hide));
  }

  /** Opens or closes a connection; resolves when that is done. */
  async want(name: string, wanted: boolean): Promise<void> {
    this.parts.choices.say(name, wanted);
    await this.reconcile();
  }

  start(): void {
    const { backend, secrets } = this.parts;
    this.listeners.push(
      backend.onState((state) => {
        if (state !== 'running') return;
        this.opened = new Map();
        void this.reconcile();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsConnections(event)) void this.reconcile();
        if (affectsHealthRules(event)) void this.tellHealthRules();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.reconcile()),
      secrets.onDidChange(() => void this.reconcile()),
    );
  }

  dispose(): void {
    for (const listener of this.listeners.splice(0)) listener.dispose();
    this.problemsChanged.dispose();
  }

  /** Brings the open clusters in line with the settings; one after the other, so that the newest settings win. */
  reconcile(): Promise<void> {
    this.work = this.work
      .then(() => this.reconcileNow())
      .catch((error) => this.parts.log.error('Connecting failed.', error));
    return this.work;
  }

  private async reconcileNow(): Promise<void> {
    const { listed, problems: listProblems } = listConnections();
    if (!(await this.isReady(listed))) return;
    const problems = new Map(listProblems);
    const missing = new Map<string, readonly Placeholder[]>();
    const names = new Set(listed.map(({ name }) => name));
    for (const clusterId of this.parts.mirror.snapshots.keys()) if (!names.has(clusterId)) await this.close(clusterId);
    for (const entry of listed) {
      const unusable = await this.bringInLine(entry);
      if (!unusable) continue;
      problems.set(entry.name, unusable.problem);
      missing.set(entry.name, unusable.missing);
    }
    this.problems = problems;
    this.missing = missing;
    this.problemsChanged.fire();
    this.first.resolve();
    const areSome = listed.length + problems.size > 0;
    await Promise.all([this.tellNoConnections(!areSome), this.tellHasConnections(areSome)]);
    const noneIsUsable = problems.size > 0 && listed.every(({ name }) => problems.has(name));
    await this.tellNoneIsUsable(noneIsUsable);
  }

  /** Without a connection to open, no process is needed. */
  private async isReady(listed: readonly ListedConnection[]): Promise<boolean> {
    const { backend } = this.parts;
    if (backend.state === 'idle' && !listed.some(({ name }) => this.wants(name))) return true;
    if (backend.state === 'idle') await backend.wake();
    return backend.state === 'running';
  }

  /** Resolves with the reason when the connection cannot be opened. */
  private async bringInLine(entry: ListedConnection): Promise<Unusable | null> {
    const resolved = await this.resolve(entry);
    if ('problem' in resolved) {
      await this.close(entry.name);
      return resolved;
    }
    if (this.wants(entry.name)) {
      const problem = await this.open(resolved.config);
      return problem === null ? null : { name: entry.name, problem, missing: [] };
    }
    await this.rest(resolved.config, entry);
    return null;
  }

  /** Opens a cluster unless it is open just so; resolves with the reason when the backend refuses it. */
  private async open(connection: ConnectionConfig): Promise<string | null> {
    const { backend, mirror, log, storageFolder } = this.parts;
    const historyFolder = keepsHistory() ? storageFolder : null;
    const fingerprint = JSON.stringify([connection, historyFolder]);
    if (this.opened.get(connection.id) === fingerprint) return null;
    try {
      const opening = { connection: { ...connection, healthRules: healthRules() }, historyFolder };
      mirror.replace(await backend.request(requests.openCluster, opening));
      this.opened.set(connection.id, fingerprint);
      return null;
    } catch (error) {
      this.opened.delete(connection.id);
      mirror.remove(connection.id);
      log.error(`${connection.name} was not opened.`, error);
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Thresholds change without a new connection: what has been heard stays. */
  private async tellHealthRules(): Promise<void> {
    const rules = healthRules();
    const tell = (clusterId: string): Promise<null> =>
      this.parts.backend.request(requests.setHealthRules, { clusterId, rules });
    await Promise.all([...this.opened.keys()].map(tell)).catch((error: unknown) =>
      this.parts.log.error('The thresholds of the alerts were not changed.', error),
    );
  }

  /** A connection that is not wanted keeps its row, in its place. */
  private async rest(config: ConnectionConfig, { setting }: ListedConnection): Promise<void> {
    if (this.opened.delete(config.id))
      await this.parts.backend.request(requests.closeCluster, { clusterId: config.id });
    this.parts.mirror.replace(idleSnapshot(config, maskPlaceholders(String(setting.url))));
  }

  private async close(clusterId: string): Promise<void> {
    this.parts.mirror.remove(clusterId);
    if (this.opened.delete(clusterId)) await this.parts.backend.request(requests.closeCluster, { clusterId });
  }
}
