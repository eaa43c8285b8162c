import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import { clockView, dueWarnings } from './safety/clockView.ts';
import { type Deadline, deadlinesOf } from './safety/deadlines.ts';
import { deadlineSentence } from './safety/deadlineWords.ts';
import { driftMsOf } from './safety/drift.ts';
import { readSessionTarget } from './safety/sessionTarget.ts';
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
  readonly #item = vscode.window.createStatusBarItem('celeriac.debugClock', vscode.StatusBarAlignment.Left, 0);
  readonly #listeners: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#item.name = t('Celery: Time Left for the Task Under the Debugger');
    this.#listeners = [
      vscode.debug.onDidStartDebugSession((session) => void this.#begin(session)),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.#end(id)),
    ];
  }

  dispose(): void {
    for (const each of [...this.#listeners, this.#item]) each.dispose();
    if (this.#timer) clearInterval(this.#timer);
  }

  async #begin(session: vscode.DebugSession): Promise<void> {
    const asked = readSessionTarget(session.configuration);
    if (!asked) return;
    try {
      const target = await this.#parts.backend.request(requests.debugTarget, asked);
      const cluster = this.#parts.mirror.snapshots.get(asked.clusterId) ?? null;
      if (!target.task) return;
      const deadlines = deadlinesOf({ task: target.task, target, driftMs: driftMsOf(cluster, target.hostname) });
      if (deadlines.length === 0) return;
      const taskName = target.task.name ?? target.task.id;
      this.#counted.set(session.id, { session, taskName, deadlines, warned: new Set() });
      this.#timer ??= setInterval(() => this.#tick(), 1_000);
      this.#tick();
    } catch (error) {
      this.#parts.log.error('How long the task still has could not be found out.', error);
    }
  }

  #end(sessionId: string): void {
    this.#counted.delete(sessionId);
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
    this.#item.text = `$(watch) ${shown.taskName}: ${view.label}`;
    this.#item.tooltip = view.lines.join('\n');
    this.#item.backgroundColor = view.isUrgent ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  async #warn({ session, taskName }: Counted, sentence: string): Promise<void> {
    const leave = t('Let It Run On');
    const choice = await vscode.window.showWarningMessage(`${taskName}: ${sentence}`, leave);
    if (choice === leave) await vscode.debug.stopDebugging(session);
  }
}
