import type { ClusterSnapshot, LinkState, Worker } from '../../server/api/model.ts';
import { plural, span } from './wording.ts';

/** A place in the Clusters tree. It only names its subject, so that it stays the same while the figures change. */
export type ClusterNode =
  | { readonly kind: 'unusable'; readonly id: string; readonly name: string }
  | { readonly kind: 'connection'; readonly id: string; readonly clusterId: string }
  | { readonly kind: 'workers'; readonly id: string; readonly clusterId: string }
  | { readonly kind: 'worker'; readonly id: string; readonly clusterId: string; readonly hostname: string };

/** What a row shows; the tree turns it into VS Code's own item. */
export interface NodeView {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly color: string | null;
  readonly tooltip: string;
  readonly contextValue: string;
  readonly expandable: boolean;
}

export interface ClusterForest {
  readonly snapshots: ReadonlyMap<string, ClusterSnapshot>;
  readonly unusable: ReadonlyMap<string, string>;
}

export const connectionNode = (clusterId: string): ClusterNode => ({
  kind: 'connection',
  id: `connection:${clusterId}`,
  clusterId,
});
export const workersNode = (clusterId: string): ClusterNode => ({
  kind: 'workers',
  id: `workers:${clusterId}`,
  clusterId,
});
export const workerNode = (clusterId: string, hostname: string): ClusterNode => ({
  kind: 'worker',
  id: `worker:${clusterId}:${hostname}`,
  clusterId,
  hostname,
});
const unusableNode = (name: string): ClusterNode => ({ kind: 'unusable', id: `unusable:${name}`, name });

export const childrenOf = (forest: ClusterForest, node: ClusterNode | undefined): ClusterNode[] => {
  if (!node)
    return [...[...forest.snapshots.keys()].map(connectionNode), ...[...forest.unusable.keys()].map(unusableNode)];
  if (node.kind === 'connection') return [workersNode(node.clusterId)];
  if (node.kind !== 'workers') return [];
  const workers = forest.snapshots.get(node.clusterId)?.workers ?? {};
  return Object.keys(workers)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((hostname) => workerNode(node.clusterId, hostname));
};

export const viewOf = (forest: ClusterForest, node: ClusterNode, now: number): NodeView => {
  if (node.kind === 'unusable') return unusableView(node.name, forest.unusable.get(node.name) ?? '');
  const snapshot = forest.snapshots.get(node.clusterId);
  if (!snapshot) return unusableView(node.clusterId, 'It was closed.');
  if (node.kind === 'connection') return connectionView(snapshot, now);
  if (node.kind === 'workers') return workersView(snapshot, now);
  const worker = snapshot.workers[node.hostname];
  return worker ? workerView(worker, snapshot, now) : unusableView(node.hostname, 'It is gone.');
};

const unusableView = (name: string, problem: string): NodeView => ({
  label: name,
  description: problem,
  icon: 'warning',
  color: 'list.warningForeground',
  tooltip: `${name}: ${problem}`,
  contextValue: 'connection;unusable',
  expandable: false,
});

const connectionView = (snapshot: ClusterSnapshot, now: number): NodeView => {
  const { link, name, maskedUrl } = snapshot;
  const look = linkLook(link, snapshot, now);
  const lines = [`${name}: ${look.words}`, maskedUrl];
  if (link.kind === 'live') {
    lines.push(`${link.server.product} ${link.server.version ?? ''}`.trim());
    if (link.blocked) lines.push(link.blocked);
  }
  if (link.kind === 'lost') lines.push(link.reason.sentence, `Attempt ${link.attempt + 1} follows.`);
  lines.push(...lossLines(snapshot));
  return {
    label: name,
    description: look.words,
    icon: look.icon,
    color: look.color,
    tooltip: lines.join('\n\n'),
    contextValue: `connection;${link.kind === 'live' ? 'connected' : 'disconnected'}`,
    expandable: true,
  };
};

/** State in words first; the icon and its colour say it again. */
const linkLook = (
  link: LinkState,
  snapshot: ClusterSnapshot,
  now: number,
): { words: string; icon: string; color: string | null } => {
  switch (link.kind) {
    case 'disconnected':
      return { words: 'disconnected', icon: 'debug-disconnect', color: null };
    case 'connecting':
      return link.attempt > 1
        ? { words: `connecting, attempt ${link.attempt}…`, icon: 'sync~spin', color: null }
        : { words: 'connecting…', icon: 'sync~spin', color: null };
    case 'lost': {
      const seconds = Math.max(0, Math.ceil((link.retryAt - now) / 1000));
      return {
        words: `offline, retry in ${seconds} s · ${link.reason.sentence}`,
        icon: 'debug-disconnect',
        color: 'list.errorForeground',
      };
    }
    case 'live':
      return liveLook(link.blocked, snapshot);
    default:
      return link satisfies never;
  }
};

const liveLook = (blocked: string | null, snapshot: ClusterSnapshot) => {
  const { alive } = countWorkers(snapshot);
  if (blocked) return { words: `${snapshot.brokerKind} · blocked`, icon: 'warning', color: 'list.errorForeground' };
  if (alive === 0)
    return {
      words: `${snapshot.brokerKind} · no workers`,
      icon: 'circle-large-outline',
      color: 'list.warningForeground',
    };
  return {
    words: `${snapshot.brokerKind} · ${plural(alive, 'worker')}`,
    icon: 'pass-filled',
    color: 'testing.iconPassed',
  };
};

const lossLines = ({ counters, gaps }: ClusterSnapshot): string[] => {
  const lines: string[] = [];
  if (counters.lost > 0) lines.push(`${plural(counters.lost, 'event')} lost on the way.`);
  if (counters.invalid > 0) lines.push(`${plural(counters.invalid, 'message')} could not be read.`);
  const gap = gaps.at(-1);
  if (gap) lines.push(`No events ${clock(gap.from)} to ${clock(gap.to)}: ${gap.reason}`);
  return lines;
};

const countWorkers = ({ workers }: ClusterSnapshot) => {
  let alive = 0;
  let lost = 0;
  let offline = 0;
  for (const worker of Object.values(workers)) {
    if (worker.status === 'lost') lost += 1;
    else if (worker.status === 'offline') offline += 1;
    else alive += 1;
  }
  return { alive, lost, offline };
};

const workersView = (snapshot: ClusterSnapshot, now: number): NodeView => {
  const { alive, lost, offline } = countWorkers(snapshot);
  const parts = [`${alive} online`, lost ? `${lost} lost` : '', offline ? `${offline} offline` : ''].filter(Boolean);
  const words = `${parts.join(', ')}${staleness(snapshot, now)}`;
  const none = alive + lost + offline === 0;
  return {
    label: 'Workers',
    description: none && snapshot.link.kind === 'live' ? 'none heard of yet' : words,
    icon: 'server-process',
    color: null,
    tooltip: none
      ? 'No worker has sent an event yet. Start one with "celery worker -E", or enable events on those that run.'
      : `Workers: ${words}`,
    contextValue: 'workers',
    expandable: true,
  };
};

const workerView = (worker: Worker, snapshot: ClusterSnapshot, now: number): NodeView => {
  const look = workerLook(worker);
  const stale = staleness(snapshot, now);
  const figures = figuresOf(worker);
  return {
    label: worker.hostname,
    description: `${[look.words, ...figures].filter(Boolean).join(' · ')}${stale}`,
    icon: look.icon,
    color: stale ? 'disabledForeground' : look.color,
    tooltip: workerTooltip(worker, now),
    contextValue: `worker;${worker.status}`,
    expandable: false,
  };
};

const workerLook = (worker: Worker): { words: string; icon: string; color: string } => {
  switch (worker.status) {
    case 'online':
      return { words: '', icon: 'pass', color: 'testing.iconPassed' };
    case 'late':
      return {
        words: `late, silent since ${clock(worker.lastSeenAt)}`,
        icon: 'watch',
        color: 'list.warningForeground',
      };
    case 'lost':
      return { words: `lost, last heard ${clock(worker.lastSeenAt)}`, icon: 'error', color: 'list.errorForeground' };
    case 'offline':
      return { words: `offline since ${clock(worker.statusSince)}`, icon: 'circle-slash', color: 'disabledForeground' };
    default:
      return worker.status satisfies never;
  }
};

const figuresOf = (worker: Worker): string[] => {
  if (worker.status === 'offline') return [];
  const load = worker.loadAverage?.[0];
  return [
    worker.active === null ? '' : `${worker.active} active`,
    worker.processed === null ? '' : `${worker.processed} processed`,
    load === undefined ? '' : `load ${load.toFixed(1)}`,
  ].filter(Boolean);
};

const workerTooltip = (worker: Worker, now: number): string => {
  const software = worker.software;
  return [
    `${worker.hostname}: ${worker.status} for ${span(now - worker.statusSince)}`,
    `Last heard ${span(now - worker.lastSeenAt)} ago; its rhythm is a heartbeat every ${worker.heartbeatEverySeconds} s`,
    worker.pid === null ? '' : `Process ${worker.pid}`,
    software ? `${software.ident} ${software.version} on ${software.system}` : '',
    Math.abs(worker.clockDriftSeconds ?? 0) > 5 ? `Its clock is ${worker.clockDriftSeconds} s off ours` : '',
  ]
    .filter(Boolean)
    .join('\n\n');
};

/** While the link is down the rows stay, and say how old they are. */
const staleness = (snapshot: ClusterSnapshot, now: number): string => {
  const { link, counters } = snapshot;
  if (link.kind === 'live' || counters.lastEventAt === null) return '';
  return ` · stale ${span(now - counters.lastEventAt)}`;
};

const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);
