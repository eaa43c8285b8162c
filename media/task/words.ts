import { t } from '@vscode/l10n';
import { duration } from '../../server/api/figures.ts';
import type { Attempt, ClockDoubt, GapKind, LifeGap, MomentKind, Unknown } from '../../server/api/taskDetail.ts';

export const momentWord = (kind: MomentKind): string => {
  switch (kind) {
    case 'first':
      return t('First seen');
    case 'sent':
      return t('Sent');
    case 'received':
      return t('Received by a worker');
    case 'eta':
      return t('ETA reached');
    case 'started':
      return t('Started');
    case 'retried':
      return t('Failed, retrying');
    case 'succeeded':
      return t('Succeeded');
    case 'failed':
      return t('Failed');
    case 'revoked':
      return t('Revoked');
    case 'rejected':
      return t('Rejected');
    case 'now':
      return t('Now');
    default:
      return kind satisfies never;
  }
};

export const gapWord = (kind: GapKind): string => {
  switch (kind) {
    case 'broker':
      return t('Broker wait');
    case 'eta':
      return t('ETA wait');
    case 'prefetch':
      return t('Prefetch wait');
    case 'run':
      return t('Run');
    case 'earlier':
      return t('Earlier attempts');
    case 'retry':
      return t('Retry wait');
    case 'unheard':
      return t('Unknown');
    default:
      return kind satisfies never;
  }
};

/** What a gap means, for those who see it for the first time. */
export const gapMeaning = (kind: GapKind): string => {
  switch (kind) {
    case 'broker':
      return t('In the queue until a worker received it');
    case 'eta':
      return t('Held by a worker until its ETA');
    case 'prefetch':
      return t('Prefetched: waiting for a free process');
    case 'run':
      return t('Running the task');
    case 'earlier':
      return t('From the first send to the failure before this attempt');
    case 'retry':
      return t('Retry countdown and queue wait');
    case 'unheard':
      return t('Events in between are missing');
    default:
      return kind satisfies never;
  }
};

export const doubtWord = ({ kind, driftMs }: ClockDoubt): string => {
  const drift =
    driftMs === null ? '' : ` ${t('Their clocks differ by about {0}.', duration(Math.abs(driftMs) / 1000))}`;
  return kind === 'reversed'
    ? `${t('The clocks of the two machines disagree: the later event has the earlier time.')}${drift}`
    : `${t('This duration is unreliable.')}${drift}`;
};

/** The timeline in one sentence, for those who do not see it. */
export const lifeSentence = (gaps: readonly LifeGap[]): string =>
  gaps
    .map(({ kind, ms, isOpen }) => `${gapWord(kind)} ${duration(ms / 1000)}${isOpen ? ` ${t('so far')}` : ''}`)
    .join(', ');

export const attemptSpan = ({ startedAt, endedAt }: Attempt): string =>
  startedAt === null || endedAt === null ? '–' : duration((endedAt - startedAt) / 1000);

interface UnknownWords {
  readonly what: string;
  readonly why: string;
  readonly how: string;
}

export const unknownWords = (unknown: Unknown): UnknownWords => {
  switch (unknown) {
    case 'everything':
      return {
        what: t('This task'),
        why: t('No events were received while this connection was open, or the task has been evicted from memory.'),
        how: t(
          'Check the ID. Memory holds up to celeriac.history.maxTasks tasks; finished tasks stay on disk for seven days.',
        ),
      };
    case 'name':
      return {
        what: t('Name and arguments'),
        why: t('Only "sent" and "received" events contain them, and this connection was opened later.'),
        how: t('A result backend with result_extended = True stores them with the result.'),
      };
    case 'sent':
      return {
        what: t('Send time and sender'),
        why: t('Senders do not report this by default.'),
        how: t('Set task_send_sent_event = True in the sending app.'),
      };
    case 'received':
      return {
        what: t('Receive time'),
        why: t('The event is missing.'),
        how: t(
          'It requires an open connection at that time, and workers with events enabled (-E, or "Enable Events").',
        ),
      };
    case 'started':
      return {
        what: t('Start time'),
        why: t('The event is missing.'),
        how: t(
          'It requires an open connection at that time, and workers with events enabled (-E, or "Enable Events").',
        ),
      };
    case 'argsCut':
      return {
        what: t('Full arguments'),
        why: t('The sender truncates their text, to 1024 characters by default.'),
        how: t('Raise resultrepr_maxsize of the task, or pass argsrepr and kwargsrepr with apply_async.'),
      };
    case 'resultCut':
      return {
        what: t('Full result'),
        why: t('The worker truncates its text, to 1024 characters by default.'),
        how: t('Raise resultrepr_maxsize of the task, or read the value from the result backend.'),
      };
    case 'traceback':
      return {
        what: t('Traceback'),
        why: t('The worker sent none: the task never ran there, or its process died.'),
        how: t('See the log of the worker.'),
      };
    default:
      return rarerWords(unknown);
  }
};

const rarerWords = (unknown: 'attempts' | 'events' | 'backend' | 'resultExtended' | 'group'): UnknownWords => {
  switch (unknown) {
    case 'attempts':
      return {
        what: t('Earlier attempts'),
        why: t('Some of their events are missing or were evicted from memory.'),
        how: t('Enable celeriac.history.persist to keep failed attempts for seven days.'),
      };
    case 'events':
      return {
        what: t('Raw events'),
        why: t('Only the latest 16 MiB of raw events are kept.'),
        how: t('Open the task while it is running, or soon after.'),
      };
    case 'backend':
      return {
        what: t('Stored result'),
        why: t('This connection has no result backend configured.'),
        how: t('Add the result backend to this connection.'),
      };
    case 'resultExtended':
      return {
        what: t('Name and arguments in the result backend'),
        why: t('Only the result is stored.'),
        how: t('Set result_extended = True in the workers’ app.'),
      };
    case 'group':
      return {
        what: t('Group'),
        why: t('Task events do not include group membership.'),
        how: t('Set result_extended = True and add the result backend to see it.'),
      };
    default:
      return unknown satisfies never;
  }
};
