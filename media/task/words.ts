import { t } from '@vscode/l10n';
import { duration } from '../../server/api/figures.ts';
import type { Attempt, ClockDoubt, GapKind, LifeGap, MomentKind, Unknown } from '../../server/api/taskDetail.ts';

export const momentWord = (kind: MomentKind): string => {
  switch (kind) {
    case 'first':
      return t('First heard of');
    case 'sent':
      return t('Sent');
    case 'received':
      return t('Received by a worker');
    case 'eta':
      return t('Its time (ETA)');
    case 'started':
      return t('Started');
    case 'retried':
      return t('Failed, to be tried again');
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
      return t('Waits for its ETA');
    case 'prefetch':
      return t('Prefetch wait');
    case 'run':
      return t('Run');
    case 'earlier':
      return t('Earlier attempts');
    case 'retry':
      return t('Retry wait');
    case 'unheard':
      return t('Not told apart');
    default:
      return kind satisfies never;
  }
};

/** What a gap means, for those who see it for the first time. */
export const gapMeaning = (kind: GapKind): string => {
  switch (kind) {
    case 'broker':
      return t('in the queue, until a worker took it');
    case 'eta':
      return t('a worker holds it until its time has come');
    case 'prefetch':
      return t('a worker holds it, and all its slots are busy');
    case 'run':
      return t('the code of the task');
    case 'earlier':
      return t('from the first sending to the failure before this attempt');
    case 'retry':
      return t('the countdown of the retry, and the queue once more');
    case 'unheard':
      return t('events in between were not heard');
    default:
      return kind satisfies never;
  }
};

export const doubtWord = ({ kind, driftMs }: ClockDoubt): string => {
  const drift =
    driftMs === null ? '' : ` ${t('Their clocks differ by about {0}.', duration(Math.abs(driftMs) / 1000))}`;
  return kind === 'reversed'
    ? `${t('The clocks of the two machines disagree: the later moment carries the earlier time.')}${drift}`
    : `${t('Do not trust this figure.')}${drift}`;
};

/** The life line in one sentence, for those who do not see it. */
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
        why: t('No event of it was heard while this connection was open, or it was forgotten since.'),
        how: t('Check the id. Tasks are kept up to celeriac.history.maxTasks, ended ones for seven days on disk.'),
      };
    case 'name':
      return {
        what: t('The name and the arguments'),
        why: t('Only "sent" and "received" events carry them, and this connection began to listen later.'),
        how: t('A result backend with result_extended = True keeps them with the result.'),
      };
    case 'sent':
      return {
        what: t('When and by whom it was sent'),
        why: t('Senders tell nothing unless they are asked to.'),
        how: t('Set task_send_sent_event = True in the configuration of the sending app.'),
      };
    case 'received':
      return {
        what: t('When a worker received it'),
        why: t('That event was not heard.'),
        how: t('It needs an open connection at that time, and workers with events on (-E, or "Enable Events").'),
      };
    case 'started':
      return {
        what: t('When it started'),
        why: t('That event was not heard.'),
        how: t('It needs an open connection at that time, and workers with events on (-E, or "Enable Events").'),
      };
    case 'argsCut':
      return {
        what: t('The whole of the arguments'),
        why: t('The sender cut their text, at 1024 characters by default.'),
        how: t('Raise resultrepr_maxsize of the task, or pass argsrepr and kwargsrepr with apply_async.'),
      };
    case 'resultCut':
      return {
        what: t('The whole of the result'),
        why: t('The worker cut its text, at 1024 characters by default.'),
        how: t('Raise resultrepr_maxsize of the task; the result backend holds the value itself.'),
      };
    case 'traceback':
      return {
        what: t('The traceback'),
        why: t('The worker sent none: the task was never run there, or its process died.'),
        how: t('The log of the worker says more.'),
      };
    default:
      return rarerWords(unknown);
  }
};

const rarerWords = (unknown: 'attempts' | 'events' | 'backend' | 'resultExtended' | 'group'): UnknownWords => {
  switch (unknown) {
    case 'attempts':
      return {
        what: t('Some of its earlier attempts'),
        why: t('Their events are not kept any more, or were not heard.'),
        how: t('Turn celeriac.history.persist on: it keeps failed attempts for seven days.'),
      };
    case 'events':
      return {
        what: t('Its raw events'),
        why: t('Only the latest 16 MB of events are kept as they came.'),
        how: t('Open the task while it moves, or soon after.'),
      };
    case 'backend':
      return {
        what: t('What the result backend holds'),
        why: t('The connection does not name it.'),
        how: t('Add "resultBackend" to this connection in celeriac.connections.'),
      };
    case 'resultExtended':
      return {
        what: t('Name and arguments in the result backend'),
        why: t('It stores the bare result.'),
        how: t('Set result_extended = True in the configuration of the workers.'),
      };
    case 'group':
      return {
        what: t('Which group it belongs to'),
        why: t('Events do not name groups; members that a client sent side by side share nothing else.'),
        how: t('The result backend knows, with result_extended = True.'),
      };
    default:
      return unknown satisfies never;
  }
};
