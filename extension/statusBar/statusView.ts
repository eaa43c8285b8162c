import { t } from '@vscode/l10n';
import { shortCount } from '../../server/api/figures.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { countWorkers, readyIn } from '../clusters/totals.ts';
import { environmentMark, verdictLook } from '../rows/verdictLook.ts';
import { alertsWord, count, failureKindsWord, messagesWord, span, workersWord } from '../rows/wording.ts';
import type { StatusFigure } from '../shown/statusItem.ts';
import { openAlerts, unseenFailures } from './countProblems.ts';

export interface StatusView {
  readonly icon: string;
  readonly text: string;
  readonly figures: readonly StatusFigure[];
  /** What a screen reader says instead. */
  readonly spoken: string;
  /** How careful to be here: production that is read-only; production that can be changed, or all workers lost. */
  readonly background: 'warning' | 'error' | null;
  /** One line for each connection, the active one first. */
  readonly table: readonly StatusRow[];
}

export interface StatusRow {
  readonly name: string;
  readonly state: string;
  readonly workers: string;
  readonly queued: string;
  readonly active: string;
  readonly failures: string;
  readonly alerts: string;
}

/** A deployment takes all workers away for a moment too. */
const lostForMsLimit = 60_000;

/** What the status bar shows of the active connection, and its tooltip of all of them. */
export const statusView = (
  active: ClusterSnapshot | null,
  all: ReadonlyMap<string, ClusterSnapshot>,
  now: number,
): StatusView | null => {
  if (active === null) return null;
  const others = [...all.values()].filter(({ clusterId }) => clusterId !== active.clusterId);
  return {
    icon: verdictLook(active).icon,
    text: textOf(active),
    figures: figuresOf(active),
    spoken: spokenOf(active, allLostForMs(active, now)),
    background: backgroundOf(active, now),
    table: [active, ...others].map((snapshot) => rowOf(snapshot, now)),
  };
};

/** A healthy cluster needs no word. */
const textOf = (snapshot: ClusterSnapshot): string => {
  const { state } = snapshot.verdict;
  return [environmentMark(snapshot), snapshot.name, state === 'healthy' ? '' : verdictLook(snapshot).word]
    .filter(Boolean)
    .join(' ');
};

const figuresOf = (snapshot: ClusterSnapshot): StatusFigure[] => {
  if (snapshot.link.kind !== 'live') return [];
  const ready = readyIn(snapshot.queues);
  const [failures, alerts] = [unseenFailures(snapshot), openAlerts(snapshot)];
  return [
    { icon: 'server', text: shortCount(countWorkers(snapshot).alive) },
    ...(ready === null ? [] : [{ icon: 'inbox', text: shortCount(ready) }]),
    ...(failures === 0 ? [] : [{ icon: 'error', text: shortCount(failures) }]),
    ...(alerts === 0 ? [] : [{ icon: 'warning', text: shortCount(alerts) }]),
  ];
};

const backgroundOf = (snapshot: ClusterSnapshot, now: number): StatusView['background'] => {
  if ((allLostForMs(snapshot, now) ?? 0) >= lostForMsLimit) return 'error';
  if (snapshot.environment !== 'prod') return null;
  return snapshot.isReadOnly ? 'warning' : 'error';
};

const spokenOf = (snapshot: ClusterSnapshot, lostForMs: number | null): string => {
  const { alive } = countWorkers(snapshot);
  const ready = readyIn(snapshot.queues);
  const [failures, alerts] = [unseenFailures(snapshot), openAlerts(snapshot)];
  const isLive = snapshot.link.kind === 'live';
  const parts = [
    t('Celery connection {0}: {1}', snapshot.name, verdictLook(snapshot).word),
    snapshot.environment === 'prod' ? (snapshot.isReadOnly ? t('production, read-only') : t('production')) : '',
    isLive ? workersWord(alive) : '',
    isLive && ready !== null ? t('{0} queued', messagesWord(ready)) : '',
    failures > 0 ? t('{0} not seen yet', failureKindsWord(failures)) : '',
    alerts > 0 ? alertsWord(alerts) : '',
    lostForMs === null ? '' : t('all workers have been lost for {0}', span(lostForMs)),
  ];
  return parts.filter(Boolean).join(', ');
};

const rowOf = (snapshot: ClusterSnapshot, now: number): StatusRow => {
  const { alive, lost } = countWorkers(snapshot);
  const ready = readyIn(snapshot.queues);
  const lostForMs = allLostForMs(snapshot, now);
  const active = Object.values(snapshot.workers).reduce((sum, worker) => sum + (worker.active ?? 0), 0);
  const orNothing = (n: number): string => (n === 0 ? '' : count(n));
  return {
    name: [environmentMark(snapshot), snapshot.name].filter(Boolean).join(' '),
    state: stateOf(snapshot),
    workers:
      lostForMs === null
        ? [count(alive), lost ? t('{0} lost', count(lost)) : ''].filter(Boolean).join(', ')
        : t('all lost for {0}', span(lostForMs)),
    queued: ready === null ? '' : count(ready),
    active: alive === 0 ? '' : count(active),
    failures: orNothing(unseenFailures(snapshot)),
    alerts: orNothing(openAlerts(snapshot)),
  };
};

const stateOf = (snapshot: ClusterSnapshot): string =>
  [verdictLook(snapshot).word, snapshot.isReadOnly ? t('read-only') : ''].filter(Boolean).join(', ');

/** Null while a worker is online, or while the link is down and nothing is known. */
const allLostForMs = (snapshot: ClusterSnapshot, now: number): number | null => {
  const { alive, lost } = countWorkers(snapshot);
  if (snapshot.link.kind !== 'live' || alive > 0 || lost === 0) return null;
  const since = Object.values(snapshot.workers)
    .filter(({ status }) => status === 'lost')
    .reduce((latest, { statusSince }) => Math.max(latest, statusSince), 0);
  return Math.max(0, now - since);
};
