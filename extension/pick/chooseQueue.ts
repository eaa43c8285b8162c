import { t } from '@vscode/l10n';
import type { ClusterSnapshot, Queue } from '../../server/api/model.ts';
import { workersWord } from '../rows/wording.ts';
import { chooseName, type KnownName } from './chooseName.ts';

interface QueueChoice {
  /** Offered first. */
  readonly likely?: string | null;
  /** Not offered; it can still be typed. */
  readonly without?: readonly string[];
}

/** A queue of the cluster, or one that is typed: a broker need not know all of them. */
export const chooseQueue = (
  cluster: ClusterSnapshot,
  title: string,
  { likely = null, without = [] }: QueueChoice = {},
): Promise<string> =>
  chooseName({
    title,
    placeHolder: t('Select a queue or type a name'),
    known: likelyFirst(knownQueues(cluster), likely).filter(({ name }) => !without.includes(name)),
    typedHint: t('not in the list'),
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
    ready === null ? t('depth unknown') : t('{0} ready', ready),
    workers.length === 0 ? t('no consumers') : workersWord(workers.length),
  ].join(' · ');
