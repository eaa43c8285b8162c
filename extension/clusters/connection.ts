import { t } from '@vscode/l10n';
import type { ClusterSnapshot, LinkState } from '../../server/api/model.ts';
import { errorColor, okColor, rights, warningColor } from '../rows/rowLook.ts';
import { count, joined, workersWord } from '../rows/wording.ts';
import { clusterKind } from './clusterKind.ts';
import { connectionTooltip } from './connectionTooltip.ts';
import { countWorkers, readyIn } from './totals.ts';
import { troublesOf } from './trouble.ts';

interface Look {
  readonly words: string;
  readonly icon: string;
  readonly color: string | null;
}

export const connection = clusterKind<'connection'>({
  key: ({ clusterId }) => `connection:${clusterId}`,
  look({ clusterId }, { snapshot, forest }, now) {
    const { words, icon, color } = linkLook(snapshot.link, snapshot, now);
    return {
      label: snapshot.name,
      description: joined(words, purposeOf(snapshot)),
      icon,
      color,
      contextValue: contextOf(snapshot),
      expandable: snapshot.link.kind === 'disconnected' ? 'no' : 'open',
      tooltip: () => connectionTooltip(snapshot, words, forest.sources.get(clusterId) ?? ''),
      tooltipMark: lossMark(snapshot),
    };
  },
  children: ({ clusterId }, { snapshot, forest }) => [
    ...troublesOf(forest, snapshot).map((trouble) => ({ kind: 'trouble' as const, clusterId, trouble })),
    { kind: 'workers', clusterId },
    ...Object.keys(snapshot.beats)
      .toSorted()
      .map((hostname) => ({ kind: 'beat' as const, clusterId, hostname })),
    { kind: 'queues', clusterId },
    { kind: 'taskTypes', clusterId },
  ],
});

/** Changes with the first message that could not be read or was lost, and then whenever there are twice as many. */
const lossMark = ({ counters, gaps }: ClusterSnapshot): string =>
  [counters.invalid, counters.lost, counters.evicted, gaps.length]
    .map((count) => Math.floor(Math.log2(count + 1)))
    .join('.');

/** `idle`: the user has not opened it, or has closed it. */
const contextOf = (snapshot: ClusterSnapshot): string => {
  const { kind } = snapshot.link;
  const state = kind === 'live' ? 'connected' : 'disconnected';
  return `connection;${state};${rights(snapshot)}${kind === 'disconnected' ? ';idle' : ''}`;
};

/** A development cluster that may be changed is the usual case, and says nothing. */
const purposeOf = ({ environment, isReadOnly }: ClusterSnapshot): string =>
  [environment === 'dev' ? '' : environment.toUpperCase(), isReadOnly ? t('read-only') : ''].filter(Boolean).join(', ');

/** State in words first; the icon and its colour say it again. */
const linkLook = (link: LinkState, snapshot: ClusterSnapshot, now: number): Look => {
  switch (link.kind) {
    case 'disconnected':
      return { words: t('disconnected'), icon: 'debug-disconnect', color: null };
    case 'connecting':
      return link.attempt > 1
        ? { words: t('connecting, attempt {0}…', link.attempt), icon: 'sync~spin', color: null }
        : { words: t('connecting…'), icon: 'sync~spin', color: null };
    case 'lost': {
      const seconds = Math.max(1, Math.ceil((link.retryAt - now) / 1000));
      return { words: t('offline, retry in {0} s', seconds), icon: 'debug-disconnect', color: errorColor };
    }
    case 'live':
      return liveLook(link.blocked, snapshot);
    default:
      return link satisfies never;
  }
};

const liveLook = (blocked: string | null, snapshot: ClusterSnapshot): Look => {
  const { alive, lost } = countWorkers(snapshot);
  const kind = snapshot.brokerKind === 'amqp' ? 'rabbitmq' : snapshot.brokerKind;
  const queued = queuedWords(snapshot);
  if (blocked) return { words: joined(kind, t('blocked'), queued), icon: 'warning', color: errorColor };
  const workers = alive === 0 && lost === 0 ? t('no workers') : workersWord(alive);
  if (lost > 0)
    return {
      words: joined(kind, t('{0}, {1} lost', workers, count(lost)), queued),
      icon: 'warning',
      color: warningColor,
    };
  if (alive === 0) return { words: joined(kind, workers, queued), icon: 'circle-large-outline', color: warningColor };
  return { words: joined(kind, workers, queued), icon: 'pass-filled', color: okColor };
};

const queuedWords = ({ queues }: ClusterSnapshot): string => {
  const ready = readyIn(queues);
  return ready === null ? '' : t('{0} queued', count(ready));
};
