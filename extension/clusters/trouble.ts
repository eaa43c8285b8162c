import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { QuietWorkers } from '../../server/api/workerDetail.ts';
import { commandTo } from '../commands/commandTo.ts';
import { errorColor, type RowLook, rights, sentenceLook, warningColor } from '../rows/rowLook.ts';
import { clock, count, few, workersWord } from '../rows/wording.ts';
import type { ClusterForest } from './clusterForest.ts';
import { clusterKind } from './clusterKind.ts';
import type { ClusterNode, TroubleKind } from './clusterNode.ts';
import { countWorkers } from './totals.ts';

/** The problems of a connection, in rows of their own: these sentences are too long to stand behind a name. */
export const troublesOf = (forest: ClusterForest, snapshot: ClusterSnapshot): TroubleKind[] => {
  const { link, clusterId, counters } = snapshot;
  if (link.kind === 'lost') return ['lost'];
  if (link.kind !== 'live') return [];
  const troubles: TroubleKind[] = [];
  if (link.blocked) troubles.push('blocked');
  if (withoutEvents(snapshot).length > 0) troubles.push('eventsOff');
  const quiet = forest.quietWorkers.get(clusterId);
  if (quiet && quiet.answering.length > 0) troubles.push('noHeartbeats');
  // Beside online workers, a silent mailbox is a leftover of a crash or of an old pod.
  if (quiet && quiet.silent.length > 0 && countWorkers(snapshot).alive === 0) troubles.push('silentMailboxes');
  if (counters.lost > 0) troubles.push('eventsLost');
  return troubles;
};

export const trouble = clusterKind<'trouble'>({
  key: ({ clusterId, trouble: kind }) => `trouble:${clusterId}:${kind}`,
  look: (node, { snapshot, forest }) => lookOf(node, snapshot, forest.quietWorkers.get(node.clusterId)),
  parent: ({ clusterId }) => ({ kind: 'connection', clusterId }),
});

const lookOf = (node: ClusterNode<'trouble'>, snapshot: ClusterSnapshot, quiet: QuietWorkers | undefined): RowLook => {
  switch (node.trouble) {
    case 'lost':
      return {
        ...troubleLook('lost', lostWords(snapshot), t('Click to test the connection step by step.')),
        command: commandTo('testConnection', lostWords(snapshot), node),
      };
    case 'blocked': {
      const sentence = snapshot.link.kind === 'live' ? (snapshot.link.blocked?.sentence ?? '') : '';
      const more = t('Publishers are blocked until the broker recovers.');
      return troubleLook('blocked', t('Broker resource alarm: {0}', sentence), more);
    }
    case 'eventsOff':
      return eventsOffLook(node, snapshot);
    case 'noHeartbeats':
      return noHeartbeatsLook(quiet?.answering ?? []);
    case 'silentMailboxes':
      return silentMailboxesLook(quiet?.silent ?? []);
    case 'eventsLost':
      return eventsLostLook(snapshot);
    default:
      return node.trouble satisfies never;
  }
};

const looks: Readonly<Record<TroubleKind, { readonly icon: string; readonly color: string }>> = {
  lost: { icon: 'warning', color: errorColor },
  blocked: { icon: 'warning', color: errorColor },
  eventsOff: { icon: 'eye-closed', color: warningColor },
  noHeartbeats: { icon: 'question', color: warningColor },
  silentMailboxes: { icon: 'question', color: warningColor },
  eventsLost: { icon: 'warning', color: warningColor },
};

const troubleLook = (kind: TroubleKind, label: string, ...more: readonly string[]): RowLook =>
  sentenceLook({ label, ...looks[kind], contextValue: `trouble;${kind}` }, ...more);

const lostWords = ({ link }: ClusterSnapshot): string => {
  if (link.kind !== 'lost') return '';
  const { code, sentence } = link.reason;
  return code === 'brokerAuth' ? `${sentence} ${t('Update it with "Celery: Edit Connection…".')}` : sentence;
};

/** Workers that run tasks without reporting them. */
const withoutEvents = ({ workers }: ClusterSnapshot): string[] =>
  Object.values(workers)
    .filter(({ sendsTaskEvents, status }) => sendsTaskEvents === false && status === 'online')
    .map(({ hostname }) => hostname);

const eventsOffLook = (node: ClusterNode<'trouble'>, snapshot: ClusterSnapshot): RowLook => {
  const names = withoutEvents(snapshot);
  const all = names.length === Object.values(snapshot.workers).filter(({ status }) => status === 'online').length;
  const label = all ? t('Task events are off') : t('Task events are off on {0}', workersWord(names.length));
  const advice = snapshot.isReadOnly
    ? t('Start workers with -E to see their tasks.')
    : t(
        'Workers report tasks when started with -E. You can also enable events now; this lasts until the worker restarts.',
      );
  return {
    ...troubleLook('eventsOff', label, advice, few(names)),
    contextValue: `trouble;eventsOff;${rights(snapshot)}`,
    description: snapshot.isReadOnly ? t('start workers with -E') : t('click to enable'),
    command: commandTo('enableEvents', label, node),
  };
};

const noHeartbeatsLook = (names: readonly string[]): RowLook =>
  troubleLook(
    'noHeartbeats',
    names.length === 1
      ? t('{0} answers but sends no heartbeats', names[0] ?? '')
      : t('{0} answer but send no heartbeats', workersWord(names.length)),
    t('Started with --without-heartbeat, or its events go to another broker or exchange. It has no row below.'),
    few(names),
  );

const silentMailboxesLook = (names: readonly string[]): RowLook =>
  troubleLook(
    'silentMailboxes',
    names.length === 1 ? t('{0} does not answer', names[0] ?? '') : t('{0} do not answer', workersWord(names.length)),
    t(
      'Their mailboxes exist. They may have crashed, hang, run a long task in a solo pool, or not accept JSON (accept_content).',
    ),
    few(names),
  );

const eventsLostLook = ({ counters, gaps }: ClusterSnapshot): RowLook => {
  const gap = gaps.at(-1);
  return {
    ...troubleLook(
      'eventsLost',
      t('{0} events were lost', count(counters.lost)),
      t('They arrived faster than Celeriac could read them. Counts are too low; the workers are not affected.'),
      gap ? t('Last from {0} to {1}: {2}', clock(gap.from), clock(gap.to), gap.reason) : '',
    ),
    description: t('counts are too low'),
  };
};
