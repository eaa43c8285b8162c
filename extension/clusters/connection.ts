import { t } from '@vscode/l10n';
import type { ClusterSnapshot, LinkState } from '../../server/api/model.ts';
import { type RowLook, rights } from '../rows/rowLook.ts';
import { environmentMark, verdictLook } from '../rows/verdictLook.ts';
import { count, joined, workersWord } from '../rows/wording.ts';
import { clusterKind } from './clusterKind.ts';
import { connectionTooltip } from './connectionTooltip.ts';
import { countWorkers, readyIn } from './totals.ts';
import { troublesOf } from './trouble.ts';

export const connection = clusterKind<'connection'>({
  key: ({ clusterId }) => `connection:${clusterId}`,
  look({ clusterId }, { snapshot, forest }, now): RowLook {
    const { icon, color, word } = verdictLook(snapshot);
    return {
      label: snapshot.name,
      description: describe(snapshot, now),
      icon,
      color,
      isProduction: snapshot.environment === 'prod',
      contextValue: contextOf(snapshot),
      expandable: snapshot.link.kind === 'disconnected' ? 'no' : 'open',
      tooltip: () =>
        connectionTooltip(
          snapshot,
          stateWords(snapshot.link, snapshot, now) || word,
          forest.sources.get(clusterId) ?? '',
        ),
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

/** `idle`: nobody has opened it, or somebody has closed it. `lost`: it waits for its next attempt. */
const contextOf = (snapshot: ClusterSnapshot): string => {
  const { kind } = snapshot.link;
  const state = kind === 'live' ? 'connected' : 'disconnected';
  const more = kind === 'disconnected' ? ';idle' : kind === 'lost' ? ';lost' : '';
  return `connection;${state};${rights(snapshot)}${more}`;
};

/** What a narrow sidebar must not cut comes first. */
const describe = (snapshot: ClusterSnapshot, now: number): string =>
  joined(
    environmentMark(snapshot),
    stateWords(snapshot.link, snapshot, now),
    ...(snapshot.link.kind === 'live' ? figuresOf(snapshot) : []),
    snapshot.isReadOnly && t('read-only'),
    snapshot.link.kind === 'live' && (snapshot.brokerKind === 'amqp' ? 'rabbitmq' : snapshot.brokerKind),
  );

/** A healthy cluster shows its figures; anything else is named first. */
const stateWords = (link: LinkState, snapshot: ClusterSnapshot, now: number): string => {
  const { word } = verdictLook(snapshot);
  switch (link.kind) {
    case 'disconnected':
      return word;
    case 'connecting':
      return link.attempt > 1 ? t('offline, attempt {0}…', link.attempt) : word;
    case 'lost':
      return t('offline, retry in {0} s', Math.max(1, Math.ceil((link.retryAt - now) / 1000)));
    case 'live':
      return joined(snapshot.verdict.level !== 'healthy' && word, link.blocked !== null && t('blocked'));
    default:
      return link satisfies never;
  }
};

const figuresOf = (snapshot: ClusterSnapshot): string[] => {
  const { alive, lost } = countWorkers(snapshot);
  const ready = readyIn(snapshot.queues);
  return [
    lost > 0 ? t('{0}, {1} lost', workersWord(alive), count(lost)) : alive > 0 ? workersWord(alive) : '',
    ready === null ? '' : t('{0} queued', count(ready)),
  ];
};
