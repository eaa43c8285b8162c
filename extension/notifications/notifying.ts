import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { requests } from '../../server/api/requests.ts';
import { run } from '../commands/run.ts';
import { chooseMute } from '../failures/chooseMute.ts';
import type { MirrorChange } from '../mirror.ts';
import type { Area, Parts } from '../parts.ts';
import { showWarning } from '../shown/messages.ts';
import { showPick } from '../shown/showPick.ts';
import { showBriefly } from '../shown/statusItem.ts';
import { chooseMutedUntil } from './muteChoices.ts';
import { keepMutedUntil, type Mutes, mutedUntil, readMutes } from './mutedUntil.ts';
import type { Policy } from './policy.ts';
import { readPolicy } from './readPolicy.ts';
import { noToasts, reduceToasts } from './reduceToasts.ts';
import type { ClusterName, Signal, Toast } from './toasts.ts';
import { recoveryWords, toastWords } from './toastWords.ts';
import { WatchClusters } from './watchClusters.ts';
import { WindowTurn } from './windowTurn.ts';

const recoveryShownMs = 15_000;

/** What a toast may be about. */
const telling: ReadonlySet<string> = new Set(['failure', 'worker', 'workerGone', 'link']);

/** Toasts about what has just gone wrong: few, collected, and mutable from the toast itself. */
export const startNotifications = (parts: Parts): Area<'muteNotifications'> => {
  const notifying = new Notifying(parts);
  notifying.start();
  return {
    commands: { muteNotifications: (row) => notifying.mute(row.clusterId) },
    dispose: () => notifying.dispose(),
  };
};

class Notifying {
  private readonly parts: Parts;
  private readonly watch = new WatchClusters();
  private readonly turn: WindowTurn;
  private state = noToasts;
  private timer: NodeJS.Timeout | null = null;
  private readonly listeners: { dispose(): void }[] = [];

  constructor(parts: Parts) {
    this.parts = parts;
    this.turn = new WindowTurn({
      folder: join(parts.context.globalStorageUri.fsPath, 'toasts'),
      // VS Code's own session id is the same in all windows where telemetry is off.
      windowId: randomUUID(),
      isFocused: () => vscode.window.state.focused,
    });
  }

  start(): void {
    this.listeners.push(
      this.parts.mirror.onDidChange((change) => this.follow(change)),
      vscode.window.onDidChangeWindowState(() => this.tellFocus()),
    );
    this.tellFocus();
  }

  dispose(): void {
    for (const listener of this.listeners.splice(0)) listener.dispose();
    if (this.timer) clearTimeout(this.timer);
  }

  /** Of one connection; null: of all. */
  async mute(clusterId: string | null): Promise<void> {
    const title = clusterId === null ? t('Mute Notifications') : t('Mute Notifications of {0}', clusterId);
    const until = await chooseMutedUntil(title, mutedUntil(this.mutes, clusterId), Date.now());
    await keepMutedUntil(this.parts.context.globalState, clusterId, until);
  }

  private get mutes(): Mutes {
    return readMutes(this.parts.context.globalState);
  }

  private follow({ clusterId, changes }: MirrorChange): void {
    const snapshot = this.parts.mirror.snapshots.get(clusterId);
    if (!snapshot) {
      this.watch.forget(clusterId);
      return;
    }
    if (changes !== null && !changes.some(({ kind }) => telling.has(kind))) return;
    const failures = changes?.flatMap((change) => (change.kind === 'failure' ? [change.group.id] : [])) ?? null;
    const signals = this.watch.follow(snapshot, failures, Date.now());
    if (signals.length === 0) return;
    const policy = readPolicy(this.mutes);
    for (const signal of signals) this.take(signal, policy);
  }

  private take(signal: Signal, policy: Policy): void {
    const now = Date.now();
    const { state, toasts, recoveries } = reduceToasts(this.state, signal, policy, now);
    this.state = state;
    for (const toast of toasts) void this.show(toast);
    for (const recovery of recoveries) showBriefly(recoveryWords(recovery), recoveryShownMs, 'check');
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (state.closesAt === null) return;
    const tick = (): void => this.take({ kind: 'tick' }, readPolicy(this.mutes));
    this.timer = setTimeout(tick, state.closesAt - now);
  }

  private tellFocus(): void {
    if (!vscode.window.state.focused) return;
    this.turn
      .focused()
      .catch((error) => this.parts.log.error('Other windows cannot be told that this one is used.', error));
  }

  private async show(toast: Toast): Promise<void> {
    try {
      const { clusterId } = toast.cluster;
      const url = this.parts.mirror.snapshots.get(clusterId)?.maskedUrl ?? '';
      const subject = toast.kind === 'condition' ? toast.condition : toast.kind;
      if (!(await this.turn.take(`${clusterId} ${url} ${subject}`))) return;
      await (toast.kind === 'failures' ? this.showFailures(toast) : this.showCondition(toast));
    } catch (error) {
      this.parts.log.error('A notification could not do what was asked.', error);
    }
  }

  private async showFailures(toast: Extract<Toast, { kind: 'failures' }>): Promise<void> {
    const [show, code, mute] = [t('Show'), t('Go to Code'), t('Mute…')];
    const choice = await showWarning(toastWords(toast), show, code, mute);
    const target = { clusterId: toast.cluster.clusterId, failureId: toast.told[0]?.group.id ?? null };
    if (choice === show) await run('showFailures', target);
    if (choice === code) await run('goToCode', target);
    if (choice === mute) await this.muteToast(toast);
  }

  /** The failures of the toast, or all notifications of its connection or of all. */
  private async muteToast({ told, cluster }: Extract<Toast, { kind: 'failures' }>): Promise<void> {
    const { clusterId } = cluster;
    const mute = await chooseMute<string | null>(...wider(cluster));
    if (mute === null || typeof mute === 'string') return this.mute(mute);
    const failureIds = told.map(({ group }) => group.id);
    await this.parts.backend.request(requests.muteFailures, { clusterId, failureIds, mute });
  }

  private async showCondition(toast: Extract<Toast, { kind: 'condition' }>): Promise<void> {
    const [show, mute] = [t('Show'), t('Mute…')];
    const choice = await showWarning(toastWords(toast), show, mute);
    if (choice === show) await run('showAlerts');
    if (choice !== mute) return;
    const title = t('Mute Notifications');
    const picked = await showPick(wider(toast.cluster), { title, placeHolder: t('Select what to mute') });
    if (picked) await this.mute(picked.value);
  }
}

/** What else can be muted from a toast: null stands for all connections. */
const wider = ({ clusterId, name }: ClusterName) => [
  { label: t('All notifications of {0}…', name), value: clusterId },
  { label: t('All notifications…'), value: null },
];
