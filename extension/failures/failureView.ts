import { t } from '@vscode/l10n';
import type { FailureGroup, FailureOccurrence } from '../../server/api/failures.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { defaultRedactPatterns } from '../../server/api/redaction.ts';
import { makeRedactor, type Redactor } from '../../server/api/redactor.ts';
import type { NodeView } from '../views/nodeView.ts';
import { rights } from '../views/rights.ts';
import { clock, span } from '../views/wording.ts';
import { isMuted } from './failureNodes.ts';

const longestLabel = 120;
/** A message may hold what it failed with. */
const titles = makeRedactor(defaultRedactPatterns);

/** `several`: with more than one connection each row says whose it is. */
export const groupView = (group: FailureGroup, cluster: ClusterSnapshot, now: number, several: boolean): NodeView => {
  const muted = isMuted(group, now);
  const isNew = group.unseen > 0 && !muted;
  const words = [
    `${group.taskName ?? t('unknown task')} ×${group.count.toLocaleString('en')}`,
    t('{0} ago', span(now - group.lastSeenAt)),
    isNew ? t('{0} new', group.unseen) : '',
    muted ? muteWords(group, now) : '',
    several ? cluster.name : '',
  ];
  return {
    label: failureTitle(group),
    description: words.filter(Boolean).join(' · '),
    icon: muted ? 'bell-slash' : 'error',
    color: muted ? 'disabledForeground' : isNew ? 'problemsErrorIcon.foreground' : null,
    tooltip: tooltipOf(group, cluster, now),
    contextValue: `failure;${muted ? 'muted' : 'open'};${rights(cluster)}`,
    expandable: 'closed',
  };
};

/** `ConnectionError: broker refused`, in one line. */
export const failureTitle = ({ exceptionType, message }: Pick<FailureGroup, 'exceptionType' | 'message'>): string => {
  const whole = message ? `${exceptionType}: ${message}` : exceptionType;
  const line = titles.text(whole).replaceAll(/\s+/g, ' ').trim();
  return line.length > longestLabel ? `${line.slice(0, longestLabel - 1)}…` : line;
};

const muteWords = ({ mute }: FailureGroup, now: number): string => {
  if (mute === null) return '';
  if (mute.kind === 'forever') return t('muted');
  if (mute.kind === 'change') return t('muted until it changes');
  return mute.at - now > 86_400_000 ? t('muted for {0}', span(mute.at - now)) : t('muted until {0}', clock(mute.at));
};

const tooltipOf = (group: FailureGroup, cluster: ClusterSnapshot, now: number): string[] =>
  [
    failureTitle(group),
    t('{0} on {1}, {2} times', group.taskName ?? t('unknown task'), cluster.name, group.count.toLocaleString('en')),
    t('First {0} ago, last {1} ago', span(now - group.firstSeenAt), span(now - group.lastSeenAt)),
    group.frame ? t('Raised in {0}, line {1} ({2})', group.frame.function, group.frame.line, group.frame.file) : '',
    group.workers.length > 0 ? t('On {0}', group.workers.join(', ')) : '',
    muteWords(group, now),
  ].filter(Boolean);

export const occurrenceView = (
  occurrence: FailureOccurrence,
  cluster: ClusterSnapshot,
  now: number,
  redactor: Redactor,
): NodeView => {
  const [args, kwargs] = [occurrence.args, occurrence.kwargs].map((text) => (text ? redactor.text(text) : ''));
  const words = [
    t('{0} ago', span(now - occurrence.at)),
    occurrence.worker ?? '',
    occurrence.retried ? t('was tried again') : '',
    args,
  ];
  const lines = [
    occurrence.taskId,
    redactor.text(occurrence.exception ?? ''),
    new Date(occurrence.at).toLocaleString(),
    occurrence.worker ? t('On {0}', occurrence.worker) : '',
    occurrence.queue ? t('From the queue {0}', occurrence.queue) : '',
    args ? `args ${args}` : '',
    kwargs ? `kwargs ${kwargs}` : '',
  ];
  return {
    label: clock(occurrence.at),
    description: [occurrence.taskId.slice(0, 8), ...words].filter(Boolean).join(' · '),
    icon: occurrence.retried ? 'debug-restart' : 'circle-small',
    color: null,
    tooltip: lines.filter(Boolean),
    contextValue: `occurrence;${rights(cluster)}`,
    expandable: 'no',
  };
};

export const moreView = (count: number | null, id: string): NodeView => ({
  label: t('Show 50 more…'),
  description: count === null ? '' : t('{0} are not shown', count.toLocaleString('en')),
  icon: 'ellipsis',
  color: null,
  tooltip: [],
  contextValue: id,
  expandable: 'no',
});

export const troubleView = (sentence: string): NodeView => ({
  label: sentence,
  description: '',
  icon: 'warning',
  color: 'problemsWarningIcon.foreground',
  tooltip: [sentence],
  contextValue: 'trouble',
  expandable: 'no',
});
