import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { Redactor } from '../../server/api/redactor.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { commandTo } from '../commands/run.ts';
import type { Mirror, MirrorChange } from '../mirror.ts';
import type { MirrorRows } from '../views/mirrorTree.ts';
import type { NodeView } from '../views/nodeView.ts';
import { rowItem } from '../views/rowItem.ts';
import { emptyFailures, sendNoEvents } from './emptyFailures.ts';
import {
  type FailureNode,
  groupNode,
  groupNodes,
  groupsOf,
  occurrenceNodes,
  pageRows,
  unseenGroups,
} from './failureNodes.ts';
import { groupView, moreView, occurrenceView, troubleView } from './failureView.ts';
import type { Occurrences } from './occurrences.ts';

interface FailureRowsParts {
  readonly mirror: Pick<Mirror, 'snapshots'>;
  readonly occurrences: Occurrences;
  /** The empty view then offers to turn them on. */
  readonly tellEventsOff: (areOff: boolean) => void;
  readonly redactor: () => Redactor;
}

/** The Failures view: groups, below each its single failures. */
export class FailureRows implements MirrorRows<FailureNode> {
  /** Failures come in hundreds. */
  readonly everyMs = 1_000;
  private readonly snapshots: Mirror['snapshots'];
  private readonly occurrences: Occurrences;
  private readonly tellEventsOff: (areOff: boolean) => void;
  private readonly redactor: () => Redactor;
  private limit = pageRows;

  constructor({ mirror, occurrences, tellEventsOff, redactor }: FailureRowsParts) {
    this.snapshots = mirror.snapshots;
    this.occurrences = occurrences;
    this.tellEventsOff = tellEventsOff;
    this.redactor = redactor;
  }

  /** More single failures of a group, or more groups. */
  wantMore({ clusterId, failureId }: RowTarget): void {
    if (clusterId !== null && failureId !== null) this.occurrences.wantMore(clusterId, failureId);
    else this.limit += pageRows;
  }

  /** The row of a group, which from now on is among those that are shown. */
  nodeOf({ clusterId, failureId }: RowTarget, showsMuted: boolean): FailureNode | null {
    const group = clusterId !== null && failureId !== null ? this.groupOf({ clusterId, failureId }) : undefined;
    if (clusterId === null || !group) return null;
    const place = this.groups(Date.now(), showsMuted).findIndex((each) => each.group.id === group.id);
    if (place < 0) return null;
    this.limit = Math.max(this.limit, place + 1);
    return groupNode(clusterId, group);
  }

  parent(node: FailureNode): FailureNode | undefined {
    if (node.kind === 'group' || node.kind === 'moreGroups') return undefined;
    const group = this.groupOf(node);
    return group && groupNode(node.clusterId, group);
  }

  item(node: FailureNode, showsMuted: boolean): vscode.TreeItem {
    const item = rowItem(node.id, this.viewOf(node, Date.now(), showsMuted));
    const command = clickOf[node.kind];
    if (command) item.command = commandTo(command, '', 'clusterId' in node ? node : {});
    return item;
  }

  async children(node: FailureNode | undefined, showsMuted: boolean): Promise<FailureNode[]> {
    if (!node) return groupNodes(this.groups(Date.now(), showsMuted), this.limit);
    const group = node.kind === 'group' ? this.groupOf(node) : undefined;
    if (node.kind !== 'group' || !group) return [];
    const { occurrences, isCut, problem } = await this.occurrences.of(node.clusterId, group);
    const rows = occurrenceNodes(node, occurrences, isCut);
    if (problem === null) return rows;
    const { clusterId, failureId } = node;
    return [{ kind: 'trouble', id: `trouble:${clusterId}:${failureId}`, clusterId, failureId }, ...rows];
  }

  concerns({ changes }: MirrorChange): boolean {
    return changes === null || changes.some(({ kind }) => redrawing.has(kind) && (kind !== 'worker' || this.isQuiet()));
  }

  heading(showsMuted: boolean) {
    const now = Date.now();
    const unseen = unseenGroups(this.snapshots, now);
    const muted = showsMuted ? 0 : groupsOf(this.snapshots, now, 'muted').length;
    const isEmpty = this.groups(now, showsMuted).length === 0;
    this.tellEventsOff(isEmpty && [...this.snapshots.values()].some(sendNoEvents));
    return {
      badge: unseen === 0 ? undefined : { value: unseen, tooltip: badgeWords(unseen) },
      message: isEmpty ? emptyFailures(this.snapshots, muted) : '',
      description: !isEmpty && muted > 0 ? t('{0} muted', muted) : '',
    };
  }

  /** Only then does the view speak of workers. */
  private isQuiet(): boolean {
    return this.groups(Date.now(), false).length === 0;
  }

  private groups(now: number, showsMuted: boolean) {
    return groupsOf(this.snapshots, now, showsMuted ? 'all' : 'open');
  }

  private groupOf(node: { readonly clusterId: string; readonly failureId: string }) {
    return this.snapshots.get(node.clusterId)?.failures[node.failureId];
  }

  private viewOf(node: FailureNode, now: number, showsMuted: boolean): NodeView {
    if (node.kind === 'moreGroups') return moreView(this.groups(now, showsMuted).length - this.limit, node.kind);
    const cluster = this.snapshots.get(node.clusterId);
    const group = this.groupOf(node);
    if (!cluster || !group) return troubleView(t('It is gone.'));
    switch (node.kind) {
      case 'group':
        return groupView(group, cluster, now, this.snapshots.size > 1);
      case 'occurrence':
        return this.occurrenceViewOf(node, cluster, now);
      case 'moreOccurrences':
        return moreView(null, node.kind);
      case 'trouble':
        return troubleView(this.occurrences.problemOf(node.clusterId, node.failureId) ?? '');
      default:
        return node satisfies never;
    }
  }

  private occurrenceViewOf(
    node: Extract<FailureNode, { kind: 'occurrence' }>,
    cluster: ClusterSnapshot,
    now: number,
  ): NodeView {
    const occurrence = this.occurrences.find(node.clusterId, node.failureId, node.taskId, node.at);
    return occurrence ? occurrenceView(occurrence, cluster, now, this.redactor()) : troubleView(t('It is gone.'));
  }
}

const redrawing: ReadonlySet<string> = new Set(['failure', 'failureGone', 'link', 'worker', 'workerGone']);

const badgeWords = (unseen: number): string =>
  unseen === 1 ? t('1 failure that you have not seen') : t('{0} kinds of failures that you have not seen', unseen);

/** A group opens below itself; a single failure opens its traceback. */
const clickOf: Partial<Record<FailureNode['kind'], 'openTraceback' | 'showMoreFailures'>> = {
  occurrence: 'openTraceback',
  moreOccurrences: 'showMoreFailures',
  moreGroups: 'showMoreFailures',
};
