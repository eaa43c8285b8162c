import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { focusView, run } from '../commands/run.ts';
import { removeEntry, saveEntry } from '../connections/connectionStore.ts';
import { freeName } from '../connections/freeName.ts';
import type { Parts } from '../parts.ts';
import { showInformation } from '../shown/messages.ts';
import { type Report, showProgress } from '../shown/showProgress.ts';
import { makeDemoFolder, removeDemoFolder } from './demoFolder.ts';
import { DemoProcesses } from './demoProcesses.ts';
import { demoFolderOf, demoSetting } from './demoStaff.ts';
import { findPython } from './findPython.ts';
import { installCelery } from './installCelery.ts';

const workersWithinMs = 45_000;

interface Running {
  readonly name: string;
  readonly folder: string;
  readonly processes: DemoProcesses;
}

/** A small shop on Celery with living workers, for those who have no broker at hand. It lives as long as its window. */
export class DemoCluster implements vscode.Disposable {
  private readonly parts: Parts;
  private readonly tellRunning: (isRunning: boolean) => Promise<void>;
  private running: Running | null = null;
  private starting: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.parts = parts;
    this.tellRunning = parts.surfaces.contextKey('celeriac.demoRunning');
  }

  start(): Promise<void> {
    this.starting ??= this.startOnce().finally(() => {
      this.starting = null;
    });
    return this.starting;
  }

  async stop(): Promise<void> {
    const running = this.running;
    if (!running) throw new CeleriacError('notFound', t('No demo cluster is running in this window.'));
    this.running = null;
    const title = t('Stopping the demo cluster');
    await showProgress({ place: 'statusBar' as const, title }, () => this.end(running));
  }

  /** Lets the processes go; there may be no time left to wait for them. */
  dispose(): void {
    this.running?.processes.release();
  }

  private async startOnce(): Promise<void> {
    if (this.running) return this.show(this.running.name);
    const other = this.parts.connections.listed.find(({ setting }) => demoFolderOf(setting) !== null);
    if (other) return this.show(other.name);
    const python = await this.python();
    const title = t('Starting the demo cluster');
    const options = { place: 'notification' as const, title, cancellable: true };
    await showProgress(options, (report, token) => this.launch(python, report, token));
    void this.offerNext();
  }

  private async python(): Promise<string> {
    const storage = this.parts.context.globalStorageUri.fsPath;
    mkdirSync(storage, { recursive: true });
    const own = join(storage, 'demo-python');
    const title = t('Looking for a Python with Celery');
    const found = await showProgress({ place: 'statusBar' as const, title }, () => findPython(own, storage));
    const python = found.withCelery ?? (await installCelery(found.all, { folder: own, cwd: storage }, this.parts.log));
    this.parts.log.info(`The demo runs on ${python.command}: Python ${python.version}, Celery ${python.celery}.`);
    return python.command;
  }

  private async launch(python: string, report: Report, token: vscode.CancellationToken): Promise<void> {
    const folder = makeDemoFolder();
    const code = join(this.parts.context.extensionPath, 'demo');
    const processes = new DemoProcesses({ python, code, folder }, () => void this.allEnded());
    const name = freeName('demo', this.parts.connections.listed);
    const running = { name, folder, processes };
    this.running = running;
    try {
      report({ message: t('two workers, a schedule and customers…') });
      await saveEntry(demoSetting(name, folder), null);
      await this.parts.connections.want(name, true);
      await this.show(name);
      report({ message: t('waiting for the first heartbeat…') });
      await this.workersOnline(running, token);
    } catch (error) {
      this.running = null;
      await this.end(running);
      throw error;
    }
    await this.tellRunning(true);
  }

  private async offerNext(): Promise<void> {
    try {
      const open = t('Open Dashboard');
      if ((await showInformation(t('The demo cluster is running.'), open)) === open) await run('openDashboard');
    } catch (error) {
      this.parts.log.error('The dashboard of the demo could not be opened.', error);
    }
  }

  /** Resolves at the first worker's heartbeat. */
  private async workersOnline({ name, processes }: Running, token: vscode.CancellationToken): Promise<void> {
    const end = Date.now() + workersWithinMs;
    const isOnline = (): boolean => Object.keys(this.parts.mirror.snapshots.get(name)?.workers ?? {}).length > 0;
    while (!isOnline()) {
      if (token.isCancellationRequested) throw new CeleriacError('cancelled', 'The start was cancelled.');
      if (processes.areAllGone || Date.now() > end) {
        this.parts.log.error(`The demo cluster did not start. Its last words: ${processes.lastWords}`);
        throw new CeleriacError(
          'internal',
          t('The demo cluster did not start. See "Celery: Show Logs" for the reason.'),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async allEnded(): Promise<void> {
    const running = this.running;
    if (!running || this.starting) return;
    this.running = null;
    this.parts.log.error(`The demo cluster has ended by itself. Its last words: ${running.processes.lastWords}`);
    await this.end(running);
  }

  private async end({ name, folder, processes }: Running): Promise<void> {
    await removeEntry(name);
    this.parts.choices.forget(name);
    await this.parts.connections.reconcile();
    await processes.stop();
    removeDemoFolder(folder);
    await this.tellRunning(false);
  }

  private async show(name: string): Promise<void> {
    this.parts.active.choose(name);
    await focusView('celeriac.clusters');
  }
}
