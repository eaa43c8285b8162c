import { t } from '@vscode/l10n';
import type { RowTarget } from '../commands/rowTarget.ts';
import { focusView } from '../commands/run.ts';
import { shownRedactor } from '../config.ts';
import type { MirrorChange } from '../mirror.ts';
import type { Area, Parts } from '../parts.ts';
import { RowTree } from '../rows/rowTree.ts';
import type { TreeTexts } from '../shown/openTree.ts';
import { emptyFailures, sendNoEvents } from './emptyFailures.ts';
import { copyFailure, markAllSeen, markSeen, muteFailure, openTraceback, unmuteFailure } from './failureCommands.ts';
import {
  type FailureNode,
  type FailureSource,
  groupNode,
  groupsOf,
  listedGroups,
  unseenGroups,
} from './failureGroups.ts';
import { failureRows } from './failureRows.ts';
import { Occurrences, pageRows } from './occurrences.ts';
import { TracebackPages } from './tracebackPages.ts';

type Commands =
  | 'copyFailure'
  | 'hideMutedFailures'
  | 'markAllFailuresSeen'
  | 'markFailureSeen'
  | 'muteFailure'
  | 'openTraceback'
  | 'showFailures'
  | 'showMoreFailures'
  | 'showMutedFailures'
  | 'unmuteFailure';

/** The Failures view, and what can be done with its rows. */
export const startFailuresView = (parts: Parts): Area<Commands> => {
  const view = new FailuresView(parts);
  const pages = new TracebackPages(parts.surfaces);
  const { occurrences } = view;
  view.start();
  pages.start();
  return {
    commands: {
      copyFailure: (row) => copyFailure(row, parts, occurrences),
      hideMutedFailures: () => view.showMuted(false),
      markAllFailuresSeen: () => markAllSeen(parts),
      markFailureSeen: (row) => markSeen(row, parts),
      muteFailure: (row) => muteFailure(row, parts),
      openTraceback: (row) => openTraceback(row, { parts, occurrences, pages }),
      showFailures: (row) => view.reveal(row),
      showMoreFailures: (row) => view.showMore(row),
      showMutedFailures: () => view.showMuted(true),
      unmuteFailure: (row) => unmuteFailure(row, parts),
    },
    dispose: () => {
      view.dispose();
      pages.dispose();
    },
  };
};

/** Holds together the tree and what it is made from. */
class FailuresView {
  readonly occurrences: Occurrences;
  readonly #mirror: Parts['mirror'];
  readonly #source: FailureSource;
  readonly #tree: RowTree<FailureNode>;
  readonly #tellMuted: (areShown: boolean) => Promise<void>;
  readonly #tellEventsOff: (areOff: boolean) => Promise<void>;
  readonly #disposables: { dispose(): void }[] = [];
  #areEventsOff = false;

  constructor({ mirror, backend, surfaces }: Parts) {
    this.#mirror = mirror;
    this.occurrences = new Occurrences(backend);
    this.#source = {
      snapshots: mirror.snapshots,
      occurrences: this.occurrences,
      redactor: shownRedactor(),
      showsMuted: false,
      limit: pageRows,
    };
    this.#tellMuted = surfaces.contextKey('celeriac.failures.showsMuted');
    this.#tellEventsOff = surfaces.contextKey('celeriac.failures.eventsOff');
    this.#tree = new RowTree('celeriac.failures', {
      surfaces,
      rows: failureRows(this.#source),
      heading: () => this.#heading(),
      // Failures come in hundreds.
      soonMs: 1_000,
      tickMs: 30_000,
      isTicking: () => !this.#isEmpty(),
      opened: (node) => this.#read([node]),
      refresh: (open) => this.#read(open),
    });
  }

  start(): void {
    this.#tree.start();
    this.#disposables.push(
      this.#tree,
      this.#mirror.onDidChange((change) => this.#concerns(change) && this.#tree.changed()),
    );
  }

  dispose(): void {
    for (const disposable of this.#disposables.splice(0).reverse()) disposable.dispose();
  }

  /** Also tells the menus, which offer the other choice. */
  async showMuted(areShown: boolean): Promise<void> {
    this.#source.showsMuted = areShown;
    await this.#tree.draw();
    await this.#tellMuted(areShown);
  }

  /** More single failures of a group, or more groups. */
  async showMore({ clusterId, failureId }: RowTarget): Promise<void> {
    if (clusterId !== null && failureId !== null) this.occurrences.wantMore(clusterId, failureId);
    else this.#source.limit += pageRows;
    await this.#tree.draw();
  }

  /** Shows the view, and in it the row of the group, which from now on is among those that are shown. */
  async reveal({ clusterId, failureId }: RowTarget): Promise<void> {
    await focusView('celeriac.failures');
    if (clusterId === null || failureId === null) return;
    const node = groupNode({ clusterId, failureId }, this.#source);
    const place = listedGroups(this.#source, Date.now()).findIndex(({ group }) => group.id === failureId);
    if (!node || place < 0) return;
    this.#source.limit = Math.max(this.#source.limit, place + 1);
    await this.#tree.draw();
    await this.#tree.reveal(node);
  }

  /** Their texts hide what the settings say. */
  async #read(open: readonly FailureNode[]): Promise<void> {
    this.#source.redactor = shownRedactor();
    const groups = open.flatMap((node) => {
      const group = node.kind === 'group' ? this.#source.snapshots.get(node.clusterId)?.failures[node.failureId] : null;
      return node.kind === 'group' && group ? [this.occurrences.of(node.clusterId, group)] : [];
    });
    await Promise.all(groups);
  }

  #concerns({ changes }: MirrorChange): boolean {
    return (
      changes === null || changes.some(({ kind }) => redrawing.has(kind) && (kind !== 'worker' || this.#isQuiet()))
    );
  }

  /** Only then does the view speak of workers. */
  #isQuiet(): boolean {
    return groupsOf(this.#source.snapshots, Date.now(), 'open').length === 0;
  }

  #isEmpty(): boolean {
    return listedGroups(this.#source, Date.now()).length === 0;
  }

  #heading(): TreeTexts {
    const { snapshots, showsMuted } = this.#source;
    const now = Date.now();
    const unseen = unseenGroups(snapshots, now);
    const muted = showsMuted ? 0 : groupsOf(snapshots, now, 'muted').length;
    const isEmpty = this.#isEmpty();
    this.#setEventsOff(isEmpty && [...snapshots.values()].some(sendNoEvents));
    return {
      badge: unseen === 0 ? undefined : { value: unseen, tooltip: badgeWords(unseen) },
      message: isEmpty ? emptyFailures(snapshots, muted) : '',
      description: !isEmpty && muted > 0 ? t('{0} muted', muted) : '',
    };
  }

  /** The empty view then offers to turn them on. */
  #setEventsOff(areOff: boolean): void {
    if (this.#areEventsOff === areOff) return;
    this.#areEventsOff = areOff;
    void this.#tellEventsOff(areOff);
  }
}

const redrawing: ReadonlySet<string> = new Set(['failure', 'failureGone', 'link', 'worker', 'workerGone']);

const badgeWords = (unseen: number): string =>
  unseen === 1 ? t('1 new failure') : t('{0} new kinds of failures', unseen);
