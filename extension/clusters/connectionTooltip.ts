import { t } from '@vscode/l10n';
import type { ClusterSnapshot, Counters } from '../../server/api/model.ts';
import { lines } from '../rows/rowLook.ts';
import { clock, count, messagesWord, tasksWord } from '../rows/wording.ts';

/** All details of a connection, a line each. */
export const connectionTooltip = (snapshot: ClusterSnapshot, state: string, source: string): string[] => {
  const { name, maskedUrl, link, counters, gaps, environment, isReadOnly } = snapshot;
  const gap = gaps.at(-1);
  const shortened = counters.stores.longTexts?.evicted ?? 0;
  return lines(
    `${name}: ${state}`,
    t('Broker: {0}', maskedUrl),
    ...(link.kind === 'live' ? serverLines(link.server.product, link.server.version, link.since) : []),
    placeLine(snapshot),
    source,
    /^(rediss|amqps)/.test(maskedUrl) || /[?&]ssl/.test(maskedUrl) ? t('Encrypted (TLS)') : t('Not encrypted'),
    isReadOnly ? t('Environment: {0}, read-only', environment) : t('Environment: {0}, writable', environment),
    link.kind === 'live' && link.blocked ? t('Broker resource alarm: {0}', link.blocked.sentence) : '',
    link.kind === 'lost' ? link.reason.sentence : '',
    link.kind === 'lost' ? t('Attempt {0} at {1}', link.attempt + 1, clock(link.retryAt)) : '',
    t('{0} events, {1} tracked tasks', count(counters.events), count(counters.tasks)),
    counters.lastEventAt === null ? t('No event yet') : t('Last event at {0}', clock(counters.lastEventAt)),
    counters.backlog > 0 ? t('Lagging: {0} not processed yet', messagesWord(counters.backlog)) : '',
    counters.lost > 0 ? t('{0} events were lost', count(counters.lost)) : '',
    counters.evicted > 0 ? t('{0} old tasks were dropped to stay within the limit', count(counters.evicted)) : '',
    shortened > 0 ? t('Long texts were shortened to save memory: {0}', tasksWord(shortened)) : '',
    ...invalidLines(counters),
    ...listenerLines(counters),
    gap ? t('No events {0} to {1}: {2}', clock(gap.from), clock(gap.to), gap.reason) : '',
    gaps.length > 1 ? t('{0} gaps in total', count(gaps.length)) : '',
  );
};

const serverLines = (product: string, version: string | null, since: number): string[] => [
  `${product} ${version ?? ''}`.trim(),
  t('Connected since {0}', clock(since)),
];

/** Which part of the broker is watched. */
const placeLine = ({ brokerKind, maskedUrl }: ClusterSnapshot): string => {
  const path = /^[a-z+]+:\/\/[^/]*\/([^?]*)/i.exec(maskedUrl)?.[1];
  if (brokerKind === 'amqp') return t('Virtual host: {0}', path ? decoded(path) : '/');
  return brokerKind === 'redis' ? t('Database: {0}', path || '0') : '';
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Messages that were no events, by the reason why not: a pickled payload is one of them. */
const invalidLines = ({ invalid, invalidByReason }: Counters): string[] =>
  invalid === 0
    ? []
    : [
        t('Unreadable: {0}', messagesWord(invalid)),
        ...Object.entries(invalidByReason).map(([reason, times]) => `${count(times)} × ${reason}`),
      ];

/** Parts of the engine that failed at an event: a defect of ours, which costs that part that event and nobody else. */
const listenerLines = ({ listenerErrors }: Counters): string[] =>
  Object.entries(listenerErrors).map(([listener, times]) =>
    t('Internal errors in "{0}": {1}. Please report this.', listener, count(times)),
  );
