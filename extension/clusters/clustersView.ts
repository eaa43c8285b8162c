import { t } from '@vscode/l10n';
import type { Change } from '../../server/api/change.ts';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { BackendState } from '../backend.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { focusView, openSettings } from '../commands/run.ts';
import { refreshIntervalMs } from '../config.ts';
import { sourcesOf } from '../connections/sourcesOf.ts';
import type { MirrorChange } from '../mirror.ts';
import type { Area, Parts } from '../parts.ts';
import { RowTree } from '../rows/rowTree.ts';
import { showInput } from '../shown/inputs.ts';
import { type ClusterForest, workerKey } from './clusterForest.ts';
import { type ClusterNode, nodeOfTarget } from './clusterNode.ts';
import { clusterRows } from './clusterRows.ts';
import { LiveDetails, type OpenRows } from './liveDetails.ts';
import { NameOrder } from './nameOrder.ts';

type Commands =
  | 'clearClustersFilter'
  | 'editConnections'
  | 'filterClusters'
  | 'refresh'
  | 'revealInClusters'
  | 'showMoreRows';

/** Heartbeats that tell of a change make open workers be asked again, but not more often than this. */
const soonestMs = 1_000;

/** The Clusters tree and the commands of its title bar. */
export const startClustersView = (parts: Parts): Area<Commands> => {
  const view = new ClustersView(parts);
  view.start();
  return {
    commands: {
      clearClustersFilter: () => view.setFilter(''),
      editConnections: () => openSettings('celeriac.connections'),
      filterClusters: () => view.askFilter(),
      refresh: () => view.refresh(),
      revealInClusters: (row) => view.reveal(row),
      showMoreRows: async (more) => view.showMore(more),
    },
    dispose: () => view.dispose(),
  };
};

/** Holds together the tree, what it is made from, and what keeps that fresh. */
class ClustersView {
  private readonly parts: Parts;
  private readonly tree: RowTree<ClusterNode>;
  private readonly live: LiveDetails;
  private readonly tellFiltered: (isFiltered: boolean) => Promise<void>;
  private readonly order = new NameOrder();
  private readonly shown = new Map<string, number>();
  private readonly disposables: { dispose(): void }[] = [];
  private filter = '';
  private sources: ReadonlyMap<string, string> = new Map();
  private timer: NodeJS.Timeout | null = null;
  private soon: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    const { backend, log } = parts;
    this.parts = parts;
    this.live = new LiveDetails({
      workerDetails: (clusterId, hostnames) => backend.request(requests.workerDetails, { clusterId, hostnames }),
      taskTypes: (clusterId) => backend.request(requests.taskTypes, { clusterId }),
      quietWorkers: (clusterId) => backend.request(requests.quietWorkers, { clusterId }),
      look: (clusterId) => backend.request(requests.lookAtCluster, { clusterId }),
      now: Date.now,
      changed: () => this.tree.changed(),
      // The rows keep what they have, and the link's own row says what is the matter with it.
      failed: (error) => {
        if (!(error instanceof CeleriacError) || error.code === 'internal')
          log.error('What workers hold could not be read.', error);
      },
    });
    this.tellFiltered = parts.surfaces.contextKey('celeriac.clustersFiltered');
    this.tree = new RowTree('celeriac.clusters', {
      surfaces: parts.surfaces,
      rows: clusterRows(this.forest()),
      heading: () => ({
        message: backendWords[backend.state](),
        description: this.filter === '' ? '' : t('filter: {0}', this.filter),
      }),
      tickMs: 1_000,
      isTicking: () => this.isTicking(),
      opened: (node) => this.opened(node),
      appeared: () => this.readOpen(),
    });
  }

  start(): void {
    const { backend, mirror, connections } = this.parts;
    this.tree.start();
    this.disposables.push(
      this.tree,
      mirror.onDidChange((change) => this.follow(change)),
      connections.onProblems(() => {
        this.sources = sourcesOf(connections.listed);
        this.tree.changed();
      }),
      this.parts.standing.onDidChange(() => this.tree.changed()),
      backend.onState(() => this.tree.changed()),
    );
    this.readAgain();
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.soon) clearTimeout(this.soon);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  async refresh(): Promise<void> {
    const { backend, mirror } = this.parts;
    for (const { clusterId, link } of mirror.snapshots.values())
      if (link.kind !== 'disconnected') await backend.request(requests.refreshCluster, { clusterId });
    this.readOpen();
  }

  async setFilter(filter: string): Promise<void> {
    this.filter = filter;
    this.tree.draw();
    await this.tellFiltered(filter !== '');
  }

  async askFilter(): Promise<void> {
    const typed = await showInput({
      title: t('Filter Clusters'),
      prompt: t('Only workers, queues and task types whose name has this in it; nothing: all of them'),
      value: this.filter,
    });
    if (typed !== undefined) await this.setFilter(typed.trim());
  }

  /** Shows the tree, and in it the row that is meant, as far as it is there. */
  async reveal(target: RowTarget): Promise<void> {
    await focusView('celeriac.clusters');
    const node = nodeOfTarget(target);
    if (!node) return;
    try {
      await this.tree.reveal(node, { expand: true });
    } catch (error) {
      this.parts.log.info(`A row could not be shown: ${error instanceof Error ? error.message : error}`);
    }
  }

  showMore(more: { readonly parentId: string; readonly step: number } | null): void {
    if (!more) throw new CeleriacError('badRequest', t('Select a row that stands for more rows.'));
    const { parentId, step } = more;
    this.shown.set(parentId, (this.shown.get(parentId) ?? step) + step);
    this.tree.draw();
  }

  /** Rows are made from what is there when they are asked for. */
  private forest(): ClusterForest {
    const { mirror, connections, standing } = this.parts;
    const { details, taskTypes, quietWorkers } = this.live;
    const view = this;
    return {
      snapshots: mirror.snapshots,
      details,
      taskTypes,
      quietWorkers,
      shown: this.shown,
      order: this.order,
      get unusable() {
        return connections.unusable;
      },
      get sources() {
        return view.sources;
      },
      get filter() {
        return view.filter;
      },
      get standing() {
        return standing.ids;
      },
    };
  }

  private follow({ clusterId, changes }: MirrorChange): void {
    this.tree.changed();
    if (changes === null) this.live.keepOnly(this.parts.mirror.snapshots);
    else if (changes.some((change) => this.tellsOfWork(clusterId, change))) this.readSoon();
  }

  /** A worker whose lists are open has begun or ended something. */
  private tellsOfWork(clusterId: string, change: Change): boolean {
    if (change.kind !== 'worker') return false;
    const { hostname, active } = change.worker;
    const detail = this.live.details.get(workerKey({ clusterId, hostname }));
    return detail !== undefined && detail.active.total !== active;
  }

  private isTicking(): boolean {
    const { snapshots } = this.parts.mirror;
    if ([...snapshots.values()].some(({ link }) => link.kind === 'lost')) return true;
    return this.tree.openRows().some(({ kind }) => kind === 'holding');
  }

  /** What is read for the rows below comes later: until then they say so. */
  private opened(node: ClusterNode): undefined {
    const snapshot = this.parts.mirror.snapshots.get(node.clusterId);
    if (!snapshot) return;
    if (node.kind === 'worker') void this.live.open(snapshot, node.hostname);
    else if (node.kind === 'taskTypes') this.readOpen();
  }

  private readAgain(): void {
    this.timer = setTimeout(() => {
      this.readOpen();
      this.readAgain();
    }, refreshIntervalMs());
  }

  private readSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = null;
      this.readOpen();
    }, soonestMs);
  }

  private readOpen(): void {
    if (!this.tree.isVisible || this.parts.backend.state !== 'running') return;
    const open = this.tree.openRows();
    for (const snapshot of this.parts.mirror.snapshots.values()) {
      if (snapshot.link.kind !== 'disconnected') void this.live.refresh(openRowsOf(snapshot.clusterId, open, snapshot));
    }
  }
}

const openRowsOf = (clusterId: string, open: readonly ClusterNode[], snapshot: OpenRows['snapshot']): OpenRows => ({
  snapshot,
  hostnames: open.flatMap((node) => (node.kind === 'worker' && node.clusterId === clusterId ? [node.hostname] : [])),
  showsTaskTypes: open.some((node) => node.kind === 'taskTypes' && node.clusterId === clusterId),
});

const backendWords: Record<BackendState, () => string> = {
  idle: () => '',
  starting: () => t('Starting the Celeriac backend…'),
  running: () => '',
  restarting: () => t('The backend ended unexpectedly and is being started again…'),
  stopped: () => t('The backend has stopped. Run "Celery: Restart Backend"; "Celery: Show Logs" says why.'),
};
