import { t } from '@vscode/l10n';
import type { ClusterSnapshot, Queue } from '../../server/api/model.ts';
import { chooseName, type KnownName } from './chooseName.ts';

/** A queue of the cluster, or one that is typed: a broker need not know all of them. */
export const chooseQueue = (cluster: ClusterSnapshot, title: string, likely: string | null = null): Promise<string> =>
  chooseName({
    title,
    placeHolder: t('Which queue?'),
    known: likelyFirst(knownQueues(cluster), likely),
    typedHint: t('a queue that is not listed'),
  });

/** The fullest first. */
const knownQueues = ({ queues }: ClusterSnapshot): KnownName[] =>
  Object.values(queues)
    .toSorted((a, b) => (b.ready ?? 0) - (a.ready ?? 0) || a.name.localeCompare(b.name, 'en', { numeric: true }))
    .map((queue) => ({ name: queue.name, description: depthWords(queue) }));

const likelyFirst = (known: readonly KnownName[], likely: string | null): readonly KnownName[] => [
  ...known.filter(({ name }) => name === likely),
  ...known.filter(({ name }) => name !== likely),
];

const depthWords = ({ ready, workers }: Queue): string =>
  [
    ready === null ? t('depth not known') : t('{0} ready', ready),
    workers.length === 0 ? t('nobody consumes') : t('{0} workers', workers.length),
  ].join(' · ');
