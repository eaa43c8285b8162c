import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { RdbPlace } from '../../server/api/rdbPlace.ts';
import type { RdbWords } from '../../server/api/rdbReader.ts';
import { requests } from '../../server/api/requests.ts';
import { report } from '../commands/register.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { run } from '../commands/run.ts';
import { commandId } from '../commands/table.ts';
import { isIdle } from '../connections/idleSnapshot.ts';
import type { MirrorChange } from '../mirror.ts';
import { readMutes } from '../notifications/mutedUntil.ts';
import { readPolicy } from '../notifications/readPolicy.ts';
import { WindowTurn } from '../notifications/windowTurn.ts';
import type { Parts } from '../parts.ts';
import { affectsSetting } from '../setting.ts';
import { showWarning } from '../shown/messages.ts';
import { StatusItem } from '../shown/statusItem.ts';
import { namedLogFiles } from './namedLogFiles.ts';
import { RdbHearing } from './rdbHearing.ts';
import { isAbout, type Waiter, waiterOf, waitersIn, waiterWords, waitingSubject } from './waiting/waiter.ts';
import { waitingToast } from './waiting/waitingToast.ts';

export interface WaitingActs {
  attach(waiter: Waiter): Promise<void>;
  openTerminal(waiter: Waiter): Promise<void>;
}

/**
 * Shows which tasks wait in rdb on this machine: once in a notification, and in the status bar as long as they do. The
 * engine finds them; this window tells it what its terminals, debug consoles and settings know.
 */
export class RdbWaiting implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #acts: WaitingActs;
  #waiters: ReadonlyMap<string, Waiter> = new Map();
  /** What the last look found: no cluster has to be open for that. */
  #found: readonly Waiter[] = [];
  readonly #item = new StatusItem({
    id: 'celeriac.rdb',
    name: t('Celery: Tasks Paused in rdb'),
    command: commandId('attachRdb'),
    priority: 0,
  });
  readonly #listeners: readonly { dispose(): void }[];
  readonly #turn: WindowTurn;
  /** A cluster that is opened anew reports its sessions again. */
  readonly #told = new Set<string>();
  #shownAt: readonly number[] = [];

  constructor(parts: Parts, acts: WaitingActs) {
    this.#parts = parts;
    this.#acts = acts;
    this.#turn = new WindowTurn({
      folder: join(parts.context.globalStorageUri.fsPath, 'toasts'),
      windowId: randomUUID(),
      isFocused: () => vscode.window.state.focused,
    });
    this.#listeners = [
      new RdbHearing((words) => void this.#lookNow(words)),
      parts.mirror.onDidChange((change) => isAboutWaiting(change) && this.#follow()),
      vscode.debug.onDidStartDebugSession(() => void this.#lookNow()),
      vscode.debug.onDidTerminateDebugSession(() => void this.#lookNow()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsSetting(event, 'debug.logFiles')) void this.#nameLogs();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#nameLogs()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.#nameLogs()),
      parts.backend.onState((state) => state === 'running' && void this.#nameLogs()),
    ];
    void this.#nameLogs();
  }

  /** Who waits at this moment. */
  async look(heard: readonly RdbWords[] = []): Promise<readonly Waiter[]> {
    this.#found = (await this.#parts.backend.request(requests.lookForRdb, { heard })).map(waiterOf);
    this.#follow();
    return this.#found;
  }

  /** The one that waits in the task, or in the process, of a row. */
  async ofRow(row: RowTarget): Promise<Waiter | null> {
    const subject = waitingSubject(row);
    return subject === null ? null : ((await this.look()).find((waiter) => isAbout(waiter, subject)) ?? null);
  }

  /** Who waits at this place, asked anew; null: nobody of whom this machine knows. */
  async at({ host, port }: RdbPlace): Promise<Waiter | null> {
    const found = await this.look();
    return found.find(({ session: { place } }) => place.host === host && place.port === port) ?? null;
  }

  dispose(): void {
    for (const each of [...this.#listeners, this.#item]) each.dispose();
  }

  async #lookNow(heard: readonly RdbWords[] = []): Promise<void> {
    if (heard.length === 0 && this.#parts.backend.state === 'idle') return;
    try {
      await this.look(heard);
    } catch (error) {
      this.#parts.log.error('The engine could not look for tasks that wait in rdb.', error);
    }
  }

  async #nameLogs(): Promise<void> {
    const patterns = namedLogFiles();
    if (patterns.length === 0 && this.#parts.backend.state === 'idle') return;
    try {
      await this.#parts.backend.request(requests.followLogs, { patterns });
    } catch (error) {
      this.#parts.log.error('The log files of the settings could not be handed to the engine.', error);
    }
  }

  #follow(): void {
    const open = [...this.#parts.mirror.snapshots.values()].filter((snapshot) => !isIdle(snapshot));
    this.#waiters = open.length > 0 ? waitersIn(open) : new Map(this.#found.map((each) => [each.session.id, each]));
    this.#show();
    const came = [...this.#waiters.values()].filter(({ session }) => !this.#told.has(session.id));
    for (const { session } of came) this.#told.add(session.id);
    for (const id of [...this.#told].slice(0, -mostReported)) this.#told.delete(id);
    if (came.length > 0) void this.#tell(came);
  }

  #show(): void {
    const waiters = [...this.#waiters.values()];
    this.#parts.standing.replace(waiters.flatMap(({ session }) => session.task?.id ?? []));
    if (waiters.length === 0) {
      this.#item.hide();
      return;
    }
    const words = waiters.length === 1 ? t('1 task paused in rdb') : t('{0} tasks paused in rdb', waiters.length);
    const tooltip = [...waiters.map(waiterWords), t('Click to attach')];
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
    const found = (await this.look()).find(({ session }) => session.id === waiter.session.id);
    if (found) return found;
    throw new CeleriacError('notFound', t('{0} is no longer paused.', waiterWords(waiter)));
  }
}

const mostReported = 200;

const isAboutWaiting = ({ changes }: MirrorChange): boolean =>
  changes === null || changes.some(({ kind }) => kind === 'waiting' || kind === 'waitingGone');
