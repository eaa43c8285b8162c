import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunningTarget } from '../../server/api/debugging.ts';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import { showWarning } from '../shown/messages.ts';
import { partOf } from '../shown/plainLine.ts';
import { StatusItem } from '../shown/statusItem.ts';
import { clockView, dueWarnings } from './safety/clockView.ts';
import { type Deadline, deadlinesOf } from './safety/deadlines.ts';
import { deadlineSentence } from './safety/deadlineWords.ts';
import { driftMsOf } from './safety/drift.ts';
import { type ReportedTask, readReportedTask, taskEvent, withReportedLimits } from './safety/reportedTask.ts';
import { readSessionTarget, type SessionTarget } from './safety/sessionTarget.ts';
import { readWarnBeforeMs } from './warnBefore.ts';

interface Counted {
  readonly session: vscode.DebugSession;
  readonly taskName: string;
  readonly deadlines: readonly Deadline[];
  readonly warned: Set<Deadline['kind']>;
}

/** While somebody debugs a task: how long it still has, in the status bar, and a warning in time. */
export class SessionClock implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #counted = new Map<string, Counted>();
  /** What the task itself has said, by session. */
  readonly #reported = new Map<string, ReportedTask>();
  readonly #ended = new WeakSet<vscode.DebugSession>();
  readonly #item = new StatusItem({
    id: 'celeriac.debugClock',
    name: t('Celery: Time Left for the Task Under the Debugger'),
    priority: 0,
  });
  readonly #listeners: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#listeners = [
      vscode.debug.onDidStartDebugSession((session) => void this.#begin(session)),
      vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
        const told = event === taskEvent ? readReportedTask(body) : null;
        if (!told) return;
        this.#reported.set(session.id, told);
        void this.#begin(session);
      }),
      vscode.debug.onDidTerminateDebugSession((session) => this.#end(session)),
    ];
  }

  dispose(): void {
    for (const each of [...this.#listeners, this.#item]) each.dispose();
    if (this.#timer) clearInterval(this.#timer);
  }

  async #begin(session: vscode.DebugSession): Promise<void> {
    try {
      const about = await this.#targetOf(session);
      if (!about) return;
      const target = await this.#parts.backend.request(requests.debugTarget, about);
      if (!target.task) return;
      const cluster = this.#parts.mirror.snapshots.get(about.clusterId) ?? null;
      const task = withReportedLimits(target.task, this.#reported.get(session.id) ?? null);
      this.#count(session, task, deadlinesOf({ task, target, driftMs: driftMsOf(cluster, target.hostname) }));
    } catch (error) {
      this.#parts.log.error('How long the task still has could not be found out.', error);
    }
  }

  #count(session: vscode.DebugSession, task: RunningTarget, deadlines: readonly Deadline[]): void {
    if (deadlines.length === 0 || this.#ended.has(session)) return;
    const warned = this.#counted.get(session.id)?.warned ?? new Set();
    this.#counted.set(session.id, { session, taskName: task.name ?? task.id, deadlines, warned });
    this.#timer ??= setInterval(() => this.#tick(), 1_000);
    this.#tick();
  }

  /** From the configuration; a task of another machine says itself which one it is. */
  async #targetOf({ id, configuration }: vscode.DebugSession): Promise<SessionTarget | null> {
    const named = readSessionTarget(configuration);
    const told = this.#reported.get(id);
    if (named) return told ? { ...named, taskId: told.id } : named;
    if (!told) return null;
    for (const { clusterId, link } of this.#parts.mirror.snapshots.values()) {
      if (link.kind !== 'live') continue;
      const known = await this.#parts.backend.request(requests.task, { clusterId, id: told.id });
      if (known?.worker) return { clusterId, hostname: known.worker, taskId: told.id };
    }
    return null;
  }

  #end(session: vscode.DebugSession): void {
    this.#ended.add(session);
    this.#counted.delete(session.id);
    this.#reported.delete(session.id);
    if (this.#counted.size > 0) return;
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#item.hide();
  }

  #tick(): void {
    const now = Date.now();
    const warnBeforeMs = readWarnBeforeMs();
    const all = [...this.#counted.values()];
    for (const each of all)
      for (const due of dueWarnings(each.deadlines, each.warned, warnBeforeMs, now)) {
        each.warned.add(due.kind);
        void this.#warn(each, deadlineSentence(due, now));
      }
    const shown = all.find(({ session }) => session.id === vscode.debug.activeDebugSession?.id) ?? all[0];
    const view = shown ? clockView(shown.deadlines, warnBeforeMs, now) : null;
    if (!shown || !view) return;
    const text = `${partOf(shown.taskName)}: ${view.label}`;
    const background = view.isUrgent ? 'warning' : null;
    this.#item.show({ icon: 'watch', text, tooltip: view.lines, background });
  }

  async #warn({ session, taskName }: Counted, sentence: string): Promise<void> {
    const leave = t('Continue');
    const choice = await showWarning(`${partOf(taskName)}: ${sentence}`, leave);
    if (choice === leave) await vscode.debug.stopDebugging(session);
  }
}
