import { t } from '@vscode/l10n';
import { shortCount } from '../../server/api/figures.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { countWorkers, readyIn } from '../clusters/totals.ts';
import { count, span, workersWord } from '../rows/wording.ts';
import { countProblems } from './countProblems.ts';

export interface StatusView {
  readonly icon: string;
  readonly text: string;
  /** For those who hear it instead. */
  readonly spoken: string;
  readonly isError: boolean;
  /** One line for each connection, the active one first. */
  readonly table: readonly StatusRow[];
}

export interface StatusRow {
  readonly name: string;
  readonly state: string;
  readonly workers: string;
  readonly queued: string;
  readonly active: string;
  readonly problems: string;
}

/** For so long all workers have to be lost before the whole bar cries: a deployment takes them away for a moment too. */
const crySoonestMs = 60_000;

/** What the status bar says of the active connection, and its tooltip of all of them. */
export const statusView = (
  active: ClusterSnapshot | null,
  all: ReadonlyMap<string, ClusterSnapshot>,
  now: number,
): StatusView | null => {
  if (active === null) return null;
  const others = [...all.values()].filter(({ clusterId }) => clusterId !== active.clusterId);
  const lostForMs = allLostForMs(active, now);
  return {
    ...lookOf(active),
    spoken: spokenOf(active, lostForMs),
    isError: lostForMs !== null && lostForMs >= crySoonestMs,
    table: [active, ...others].map((snapshot) => rowOf(snapshot, now)),
  };
};

const lookOf = (snapshot: ClusterSnapshot): Pick<StatusView, 'icon' | 'text'> => {
  const { name, link } = snapshot;
  switch (link.kind) {
    case 'disconnected':
      return { icon: 'debug-disconnect', text: name };
    case 'connecting':
      return { icon: 'sync~spin', text: name };
    case 'lost':
      return { icon: 'debug-disconnect', text: `${name} ${t('offline')}` };
    case 'live': {
      const { alive } = countWorkers(snapshot);
      const ready = readyIn(snapshot.queues);
      const problems = countProblems(snapshot);
      const parts = [`${alive}w`, ready === null ? '' : `${shortCount(ready)}q`, problems > 0 ? `${problems}!` : ''];
      const icon = link.blocked || problems > 0 || alive === 0 ? 'warning' : 'server-process';
      return { icon, text: [name, ...parts].filter(Boolean).join(' ') };
    }
    default:
      return link satisfies never;
  }
};

const spokenOf = (snapshot: ClusterSnapshot, lostForMs: number | null): string => {
  const { name } = snapshot;
  const { alive } = countWorkers(snapshot);
  const ready = readyIn(snapshot.queues);
  const problems = countProblems(snapshot);
  const parts = [
    t('Celery connection {0}: {1}', name, stateOf(snapshot)),
    snapshot.link.kind === 'live' ? workersWord(alive) : '',
    ready === null ? '' : t('{0} messages queued', count(ready)),
    problems > 0 ? t('{0} problems nobody has seen', count(problems)) : '',
    lostForMs === null ? '' : t('all workers have been lost for {0}', span(lostForMs)),
  ];
  return parts.filter(Boolean).join(', ');
};

const rowOf = (snapshot: ClusterSnapshot, now: number): StatusRow => {
  const { alive, lost } = countWorkers(snapshot);
  const ready = readyIn(snapshot.queues);
  const lostForMs = allLostForMs(snapshot, now);
  const problems = countProblems(snapshot);
  const active = Object.values(snapshot.workers).reduce((sum, worker) => sum + (worker.active ?? 0), 0);
  return {
    name: snapshot.name,
    state: stateOf(snapshot),
    workers:
      lostForMs === null
        ? [count(alive), lost ? t('{0} lost', count(lost)) : ''].filter(Boolean).join(', ')
        : t('all lost for {0}', span(lostForMs)),
    queued: ready === null ? '' : count(ready),
    active: alive === 0 ? '' : count(active),
    problems: problems === 0 ? '' : count(problems),
  };
};

const stateOf = ({ link }: ClusterSnapshot): string => {
  switch (link.kind) {
    case 'disconnected':
      return t('disconnected');
    case 'connecting':
      return t('connecting');
    case 'lost':
      return t('offline');
    case 'live':
      return link.blocked ? t('blocked') : t('connected');
    default:
      return link satisfies never;
  }
};

/** Null while somebody lives, or while the link is down and nobody can tell. */
const allLostForMs = (snapshot: ClusterSnapshot, now: number): number | null => {
  const { alive, lost } = countWorkers(snapshot);
  if (snapshot.link.kind !== 'live' || alive > 0 || lost === 0) return null;
  const since = Object.values(snapshot.workers)
    .filter(({ status }) => status === 'lost')
    .reduce((latest, { statusSince }) => Math.max(latest, statusSince), 0);
  return Math.max(0, now - since);
};
