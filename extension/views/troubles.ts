import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { ClusterForest } from './clusterForest.ts';
import type { TroubleKind } from './clusterNode.ts';
import { rights } from './rights.ts';
import { errorColor, lines, type RowView, warningColor } from './rowView.ts';
import { clock, count, few, workersWord } from './wording.ts';
import { countWorkers } from './workerCounts.ts';

/** Why a connection is not well, in rows of their own: these sentences are too long to stand behind a name. */
export const troublesOf = (forest: ClusterForest, snapshot: ClusterSnapshot): TroubleKind[] => {
  const { link, clusterId, counters } = snapshot;
  if (link.kind === 'lost') return ['lost'];
  if (link.kind !== 'live') return [];
  const troubles: TroubleKind[] = [];
  if (link.blocked) troubles.push('blocked');
  if (mute(snapshot).length > 0) troubles.push('eventsOff');
  const quiet = forest.quietWorkers.get(clusterId);
  if (quiet && quiet.answering.length > 0) troubles.push('noHeartbeats');
  // Beside workers that live, a mailbox in which nobody answers is what a crash or a pod of yesterday left behind.
  if (quiet && quiet.silent.length > 0 && countWorkers(snapshot).alive === 0) troubles.push('silentMailboxes');
  if (counters.lost > 0) troubles.push('eventsLost');
  return troubles;
};

export const troubleView = (forest: ClusterForest, snapshot: ClusterSnapshot, trouble: TroubleKind): RowView => {
  switch (trouble) {
    case 'lost': {
      return sentenceRow(lostWords(snapshot), 'warning', errorColor, 'trouble;lost', [
        t('Select this row to test the connection step by step.'),
      ]);
    }
    case 'blocked': {
      const sentence = snapshot.link.kind === 'live' ? (snapshot.link.blocked ?? '') : '';
      const label = t('The broker takes no messages: {0}', sentence);
      const more = t('Senders wait, and workers get nothing new, until the broker is well again.');
      return sentenceRow(label, 'warning', errorColor, 'trouble;blocked', [more]);
    }
    case 'eventsOff':
      return eventsOffView(snapshot);
    case 'noHeartbeats':
      return noHeartbeatsView(forest.quietWorkers.get(snapshot.clusterId)?.answering ?? []);
    case 'silentMailboxes':
      return silentMailboxesView(forest.quietWorkers.get(snapshot.clusterId)?.silent ?? []);
    case 'eventsLost':
      return eventsLostView(snapshot);
    default:
      return trouble satisfies never;
  }
};

const lostWords = ({ link }: ClusterSnapshot): string => {
  if (link.kind !== 'lost') return '';
  const { code, sentence } = link.reason;
  return code === 'brokerAuth' ? `${sentence} ${t('Update it with "Celery: Edit Connection…".')}` : sentence;
};

/** Workers that run tasks and do not tell of them. */
const mute = ({ workers }: ClusterSnapshot): string[] =>
  Object.values(workers)
    .filter(({ sendsTaskEvents, status }) => sendsTaskEvents === false && status === 'online')
    .map(({ hostname }) => hostname);

const eventsOffView = (snapshot: ClusterSnapshot): RowView => {
  const names = mute(snapshot);
  const all = names.length === Object.values(snapshot.workers).filter(({ status }) => status === 'online').length;
  const label = all ? t('Task events are off') : t('Task events are off at {0}', workersWord(names.length));
  const advice = snapshot.isReadOnly
    ? t('Start workers with "-E" to see their tasks.')
    : t('Enable Events shows their tasks; "celery worker -E" does so from the start.');
  return {
    ...sentenceRow(label, 'eye-closed', warningColor, `trouble;eventsOff;${rights(snapshot)}`, [advice, few(names)]),
    description: snapshot.isReadOnly ? t('start workers with "-E"') : t('select to enable events'),
  };
};

const noHeartbeatsView = (names: readonly string[]): RowView => {
  const label =
    names.length === 1
      ? t('{0} answers but sends no heartbeats', names[0] ?? '')
      : t('{0} answer but send no heartbeats', workersWord(names.length));
  return sentenceRow(label, 'question', warningColor, 'trouble;noHeartbeats', [
    t('It was started with "--without-heartbeat", or its events go elsewhere. It has no row below.'),
    few(names),
  ]);
};

const silentMailboxesView = (names: readonly string[]): RowView => {
  const label =
    names.length === 1
      ? t('{0} has a mailbox, but nobody answers there', names[0] ?? '')
      : t('{0} have mailboxes, but nobody answers there', workersWord(names.length));
  return sentenceRow(label, 'question', warningColor, 'trouble;silentMailboxes', [
    t('They crashed, hang, run one long task in a solo pool, or take no JSON (accept_content).'),
    few(names),
  ]);
};

const eventsLostView = ({ counters, gaps }: ClusterSnapshot): RowView => {
  const gap = gaps.at(-1);
  return {
    ...sentenceRow(t('{0} events were lost', count(counters.lost)), 'warning', warningColor, 'trouble;eventsLost', [
      t('They came faster than they could be taken. Counts are too low by as many; the workers are not affected.'),
      gap ? t('Last from {0} to {1}: {2}', clock(gap.from), clock(gap.to), gap.reason) : '',
    ]),
    description: t('counts are too low'),
  };
};

const sentenceRow = (
  label: string,
  icon: string,
  color: string,
  contextValue: string,
  more: readonly string[],
): RowView => ({
  label,
  description: '',
  icon,
  color,
  contextValue,
  expandable: 'no',
  tooltip: () => lines(label, ...more),
});
