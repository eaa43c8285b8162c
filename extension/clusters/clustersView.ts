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
import { productionColor, productionScheme } from '../shown/productionColor.ts';
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

/** Open workers are asked again when a heartbeat shows a change, at most this often. */
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

/** The tree, its data, and what keeps that fresh. */
class ClustersView {
  readonly #parts: Parts;
  readonly #tree: RowTree<ClusterNode>;
  readonly #live: LiveDetails;
  readonly #setFiltered: (isFiltered: boolean) => Promise<void>;
  readonly #order = new NameOrder();
  readonly #shown = new Map<string, number>();
  readonly #disposables: { dispose(): void }[] = [];
  #filter = '';
  #sources: ReadonlyMap<string, string> = new Map();
  #timer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    const { backend, log } = parts;
    this.#parts = parts;
    this.#live = new LiveDetails({
      workerDetails: (clusterId, hostnames) => backend.request(requests.workerDetails, { clusterId, hostnames }),
      taskTypes: (clusterId) => backend.request(requests.taskTypes, { clusterId }),
      quietWorkers: (clusterId) => backend.request(requests.quietWorkers, { clusterId }),
      look: (clusterId) => backend.request(requests.lookAtCluster, { clusterId }),
      now: Date.now,
      changed: () => this.#tree.changed(),
      // The rows keep what they have; the row of the connection shows a lost link.
      failed: (error) => {
        if (!(error instanceof CeleriacError) || error.code === 'internal')
          log.error('What workers hold could not be read.', error);
      },
    });
    this.#setFiltered = parts.surfaces.contextKey('celeriac.clustersFiltered');
    this.#tree = new RowTree('celeriac.clusters', {
      surfaces: parts.surfaces,
      rows: clusterRows(this.#forest()),
      heading: () => ({
        message: backendWords[backend.state](),
        description: this.#filter === '' ? '' : t('filter: {0}', this.#filter),
      }),
      tickMs: 1_000,
      isTicking: () => this.#isTicking(),
      opened: (node) => this.#opened(node),
      appeared: () => this.#readOpen(),
    });
  }

  start(): void {
    const { backend, mirror, connections, surfaces } = this.#parts;
    this.#tree.start();
    this.#disposables.push(
      this.#tree,
      surfaces.decorations(productionScheme, productionColor),
      mirror.onDidChange((change) => this.#follow(change)),
      connections.onProblems(() => {
        this.#sources = sourcesOf(connections.listed);
        this.#tree.changed();
      }),
      this.#parts.standing.onDidChange(() => this.#tree.changed()),
      backend.onState(() => this.#tree.changed()),
    );
    this.#readAgain();
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#soon) clearTimeout(this.#soon);
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  async refresh(): Promise<void> {
    const { backend, mirror } = this.#parts;
    for (const { clusterId, link } of mirror.snapshots.values())
      if (link.kind !== 'disconnected') await backend.request(requests.refreshCluster, { clusterId });
    this.#readOpen();
  }

  async setFilter(filter: string): Promise<void> {
    this.#filter = filter;
    this.#tree.draw();
    await this.#setFiltered(filter !== '');
  }

  async askFilter(): Promise<void> {
    const typed = await showInput({
      title: t('Filter Clusters'),
      prompt: t('Part of the name of a worker, queue or task type (empty: show all)'),
      value: this.#filter,
    });
    if (typed !== undefined) await this.setFilter(typed.trim());
  }

  /** Shows the tree, and selects the row in it if it exists. */
  async reveal(target: RowTarget): Promise<void> {
    await focusView('celeriac.clusters');
    const node = nodeOfTarget(target);
    if (!node) return;
    try {
      await this.#tree.reveal(node, { expand: true });
    } catch (error) {
      this.#parts.log.info(`A row could not be shown: ${error instanceof Error ? error.message : error}`);
    }
  }

  showMore(more: { readonly parentId: string; readonly step: number } | null): void {
    if (!more) throw new CeleriacError('badRequest', t('Run this command on a row that stands for more rows.'));
    const { parentId, step } = more;
    this.#shown.set(parentId, (this.#shown.get(parentId) ?? step) + step);
    this.#tree.draw();
  }

  /** Rows are made from what is there when they are asked for. */
  #forest(): ClusterForest {
    const { mirror, connections, standing } = this.#parts;
    const { details, taskTypes, quietWorkers } = this.#live;
    const view = this;
    return {
      snapshots: mirror.snapshots,
      details,
      taskTypes,
      quietWorkers,
      shown: this.#shown,
      order: this.#order,
      get unusable() {
        return connections.unusable;
      },
      get sources() {
        return view.#sources;
      },
      get filter() {
        return view.#filter;
      },
      get standing() {
        return standing.ids;
      },
    };
  }

  #follow({ clusterId, changes }: MirrorChange): void {
    this.#tree.changed();
    if (changes === null) this.#live.keepOnly(this.#parts.mirror.snapshots);
    else if (changes.some((change) => this.#changesWork(clusterId, change))) this.#readSoon();
  }

  /** A worker whose lists are open has started or finished tasks. */
  #changesWork(clusterId: string, change: Change): boolean {
    if (change.kind !== 'worker') return false;
    const { hostname, active } = change.worker;
    const detail = this.#live.details.get(workerKey({ clusterId, hostname }));
    return detail !== undefined && detail.active.total !== active;
  }

  #isTicking(): boolean {
    const { snapshots } = this.#parts.mirror;
    if ([...snapshots.values()].some(({ link }) => link.kind === 'lost')) return true;
    return this.#tree.openRows().some(({ kind }) => kind === 'holding');
  }

  /** The data of the rows below is read now; until then they show that they wait for it. */
  #opened(node: ClusterNode): undefined {
    const snapshot = this.#parts.mirror.snapshots.get(node.clusterId);
    if (!snapshot) return;
    if (node.kind === 'worker') void this.#live.open(snapshot, node.hostname);
    else if (node.kind === 'taskTypes') this.#readOpen();
  }

  #readAgain(): void {
    this.#timer = setTimeout(() => {
      this.#readOpen();
      this.#readAgain();
    }, refreshIntervalMs());
  }

  #readSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      this.#readOpen();
    }, soonestMs);
  }

  #readOpen(): void {
    if (!this.#tree.isVisible || this.#parts.backend.state !== 'running') return;
    const open = this.#tree.openRows();
    for (const snapshot of this.#parts.mirror.snapshots.values()) {
      if (snapshot.link.kind !== 'disconnected')
        void this.#live.refresh(openRowsOf(snapshot.clusterId, open, snapshot));
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
  starting: () => t('Starting Celeriac…'),
  running: () => '',
  restarting: () => t('Celeriac ended unexpectedly and is restarting…'),
  stopped: () => t('Celeriac has stopped. Run "Celery: Restart Celeriac", or see "Celery: Show Logs" for the reason.'),
};
