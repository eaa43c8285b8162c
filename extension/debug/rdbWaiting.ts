import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import { report } from '../commands/register.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { run } from '../commands/run.ts';
import { commandId } from '../commands/table.ts';
import { readMutes } from '../notifications/mutedUntil.ts';
import { readPolicy } from '../notifications/readPolicy.ts';
import { WindowTurn } from '../notifications/windowTurn.ts';
import type { Parts } from '../parts.ts';
import { showWarning } from '../shown/messages.ts';
import { StatusItem } from '../shown/statusItem.ts';
import type { RdbPlace } from './rdb/rdbPlace.ts';
import { RdbHearing } from './rdbHearing.ts';
import { isAbout, taskOf, type Waiter, waiterWords, waitingSubject, workerOf } from './waiting/waiter.ts';
import type { WaitingSession } from './waiting/waitingSession.ts';
import { waitingToast } from './waiting/waitingToast.ts';
import { type Seen, WaitingWatch } from './waiting/waitingWatch.ts';

export interface WaitingActs {
  attach(waiter: Waiter): Promise<void>;
  openTerminal(waiter: Waiter): Promise<void>;
}

/** Tells that a task waits in rdb on this machine: once in a notification, and in the status bar as long as it does. */
export class RdbWaiting implements vscode.Disposable {
  readonly watch: WaitingWatch;
  readonly #parts: Parts;
  readonly #acts: WaitingActs;
  readonly #waiters = new Map<string, Waiter>();
  readonly #item = new StatusItem({
    id: 'celeriac.rdb',
    name: t('Celery: Tasks That Wait for a Debugger'),
    command: commandId('attachRdb'),
    priority: 0,
  });
  readonly #listeners: readonly { dispose(): void }[];
  readonly #hearing: RdbHearing;
  readonly #turn: WindowTurn;
  #shownAt: readonly number[] = [];

  constructor(parts: Parts, acts: WaitingActs) {
    this.#parts = parts;
    this.#acts = acts;
    this.watch = new WaitingWatch({ pids: () => this.#workerPids() }, (seen) => void this.#follow(seen));
    this.#hearing = new RdbHearing({
      pids: () => this.#workerPids(),
      heard: (words) => void this.watch.hear(words),
      log: parts.log,
    });
    this.#turn = new WindowTurn({
      folder: join(parts.context.globalStorageUri.fsPath, 'toasts'),
      windowId: randomUUID(),
      isFocused: () => vscode.window.state.focused,
    });
    this.#listeners = [
      parts.mirror.onDidChange(() => this.watch.wake()),
      vscode.debug.onDidStartDebugSession(() => void this.watch.look()),
      vscode.debug.onDidTerminateDebugSession(() => void this.watch.look()),
    ];
  }

  /** Who waits at this moment. */
  async now(): Promise<readonly Waiter[]> {
    return Promise.all((await this.watch.look()).map((session) => this.#known(session)));
  }

  /** The one that waits in the task, or in the process, of a row. */
  async ofRow(row: RowTarget): Promise<Waiter | null> {
    const subject = waitingSubject(row);
    return subject === null ? null : ((await this.now()).find((waiter) => isAbout(waiter, subject)) ?? null);
  }

  /** Who waits at this place, asked anew; null: nobody of whom this machine knows. */
  async at({ host, port }: RdbPlace): Promise<Waiter | null> {
    const found = (await this.watch.look()).find(({ place }) => place.host === host && place.port === port);
    return found ? this.#find(found) : null;
  }

  dispose(): void {
    for (const each of [...this.#listeners, this.#hearing, this.watch, this.#item]) each.dispose();
  }

  #workerPids(): ReadonlySet<number> {
    const workers = [...this.#parts.mirror.snapshots.values()].flatMap((each) => Object.values(each.workers));
    return new Set(workers.flatMap(({ pid, status }) => (pid === null || status === 'offline' ? [] : [pid])));
  }

  async #follow({ came, gone }: Seen): Promise<void> {
    for (const { id } of gone) this.#waiters.delete(id);
    const waiters = await Promise.all(came.map((session) => this.#known(session)));
    this.#show();
    const isThere = new Set(this.watch.sessions.map(({ id }) => id));
    await this.#tell(waiters.filter(({ session }) => isThere.has(session.id)));
  }

  /** Asks the worker once; what could not be found out then is asked for again. */
  async #known(session: WaitingSession): Promise<Waiter> {
    const known = this.#waiters.get(session.id);
    if (known?.task) return known;
    const waiter = await this.#find(session);
    if (this.watch.sessions.some(({ id }) => id === session.id)) this.#waiters.set(session.id, waiter);
    return waiter;
  }

  async #find(session: WaitingSession): Promise<Waiter> {
    const worker = workerOf(session, this.#parts.mirror.snapshots.values());
    const nobody: Waiter = { session, worker, target: null, task: null };
    if (!worker) return nobody;
    try {
      const target = await this.#parts.backend.request(requests.debugTarget, { ...worker, taskId: null });
      return { ...nobody, target, task: taskOf(session, target) };
    } catch (error) {
      this.#parts.log.error(`${worker.hostname} could not be asked which task waits.`, error);
      return nobody;
    }
  }

  #show(): void {
    const waiters = [...this.#waiters.values()];
    this.#parts.standing.replace(waiters.flatMap(({ task }) => task?.id ?? []));
    if (waiters.length === 0) {
      this.#item.hide();
      return;
    }
    const words = waiters.length === 1 ? t('1 task waits in rdb') : t('{0} tasks wait in rdb', waiters.length);
    const tooltip = [...waiters.map(waiterWords), t('Select to attach.')];
    this.#item.show({ icon: 'debug-pause', text: words, tooltip });
  }

  async #tell(waiters: readonly Waiter[]): Promise<void> {
    const now = Date.now();
    const policy = readPolicy(readMutes(this.#parts.context.globalState));
    const toast = waitingToast(waiters, policy, this.#shownAt, now);
    const [first, ...others] = toast?.about ?? [];
    if (!toast || !first) return;
    // Other windows see the same sockets; the one that somebody looks at speaks.
    if (!(await this.#turn.take(toast.about.map(({ session }) => `rdb ${session.id}`).join()))) return;
    this.#shownAt = [...this.#shownAt, now].slice(-policy.maxPerHour);
    const [attach, terminal] = others.length > 0 ? [t('Attach…'), null] : [t('Attach'), t('Open pdb Terminal')];
    const choice = await showWarning(toast.words, attach, ...(terminal === null ? [] : [terminal]));
    try {
      if (choice === attach && others.length > 0) await run('attachRdb');
      else if (choice === attach) await this.#acts.attach(await this.#stillThere(first));
      else if (choice !== undefined) await this.#acts.openTerminal(await this.#stillThere(first));
    } catch (error) {
      await report(error, this.#parts.log);
    }
  }

  async #stillThere(waiter: Waiter): Promise<Waiter> {
    if ((await this.watch.look()).some(({ id }) => id === waiter.session.id)) return waiter;
    throw new CeleriacError('notFound', t('{0} does not wait any more.', waiterWords(waiter)));
  }
}
