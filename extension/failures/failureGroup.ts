import { t } from '@vscode/l10n';
import type { FailureGroup } from '../../server/api/failures.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { defaultRedactPatterns } from '../../server/api/redaction.ts';
import { makeRedactor } from '../../server/api/redactor.ts';
import { errorColor, lines, rights, staleColor } from '../rows/rowLook.ts';
import type { RowKind } from '../rows/rows.ts';
import { clock, count, joined, span } from '../rows/wording.ts';
import { type FailureNode, type FailureSource, isMuted } from './failureGroups.ts';
import { goneLook } from './occurrence.ts';

const longestLabel = 120;
/** A message may hold what it failed with. */
const titles = makeRedactor(defaultRedactPatterns);

/** Failures of one cause; with more than one connection each row says whose it is. */
export const failureGroup: RowKind<FailureNode<'group'>, FailureSource, FailureNode> = {
  key: ({ clusterId, failureId }) => `failure:${clusterId}:${failureId}`,
  look({ clusterId, failureId }, { snapshots }, now) {
    const cluster = snapshots.get(clusterId);
    const group = cluster?.failures[failureId];
    if (!cluster || !group) return goneLook();
    const muted = isMuted(group, now);
    const isNew = group.unseen > 0 && !muted;
    return {
      label: failureTitle(group),
      description: joined(
        `${group.taskName ?? t('unknown task')} ×${count(group.count)}`,
        t('{0} ago', span(now - group.lastSeenAt)),
        isNew && t('{0} new', group.unseen),
        muted && muteWords(group, now),
        snapshots.size > 1 && cluster.name,
      ),
      icon: muted ? 'bell-slash' : 'error',
      color: muted ? staleColor : isNew ? errorColor : null,
      contextValue: `failure;${muted ? 'muted' : 'open'};${rights(cluster)}`,
      expandable: 'closed',
      tooltip: () => tooltipOf(group, cluster, now),
    };
  },
  children({ clusterId, failureId }, { occurrences, snapshots }) {
    if (!snapshots.get(clusterId)?.failures[failureId]) return [];
    const place = { clusterId, failureId };
    const { occurrences: kept, isCut, problem } = occurrences.keptOf(clusterId, failureId);
    const rows = kept.map(
      ({ taskId, name, at }) => ({ kind: 'occurrence', ...place, taskId, taskName: name, at }) as const,
    );
    return [
      ...(problem === null ? [] : [{ kind: 'trouble', ...place } as const]),
      ...rows,
      ...(isCut ? [{ kind: 'moreOccurrences', ...place } as const] : []),
    ];
  },
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
  lines(
    failureTitle(group),
    t('{0} on {1}, {2} times', group.taskName ?? t('unknown task'), cluster.name, count(group.count)),
    t('First {0} ago, last {1} ago', span(now - group.firstSeenAt), span(now - group.lastSeenAt)),
    group.frame ? t('Raised in {0}, line {1} ({2})', group.frame.function, group.frame.line, group.frame.file) : '',
    group.workers.length > 0 ? t('On {0}', group.workers.join(', ')) : '',
    muteWords(group, now),
  );
