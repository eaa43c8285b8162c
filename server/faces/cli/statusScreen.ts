import type { Verdict } from '../../api/health.ts';
import type { Beat, Counters, Gap, LinkState, Worker, WorkerStatus } from '../../api/model.ts';
import { placeName } from '../../api/rdbPlace.ts';
import type { GroupStats } from '../../api/tasks.ts';
import { headlineOf, verdictWords } from '../../api/verdictWords.ts';
import type { WaitingSession } from '../../api/waiting.ts';
import type { StatusView } from '../../desk/clusterStatus.ts';
import { cutTo } from '../../text/displayWidth.ts';
import type { Paint } from '../../text/paint.ts';
import { table } from '../../text/table.ts';
import { clockTime, duration, figure, plural, printable } from '../../text/wording.ts';
import { wrapText } from '../../text/wrapText.ts';
import { groupColumns } from './groupRows.ts';
import { verdictStyles } from './healthScreen.ts';
import { workerColumns } from './workerRows.ts';

interface TablePage {
  readonly width: number;
  readonly paint: Paint;
}

export interface Page extends TablePage {
  readonly height: number;
}

/** Everything about a cluster on one screen, the most important first; lines that fit. */
export const statusScreen = (view: StatusView, page: Page): string[] => {
  const { snapshot, now } = view;
  const blocks = [
    heading(view, page),
    workerTable(Object.values(snapshot.workers), view.workers, now, page),
    Object.values(snapshot.beats).map((beat) => beatLine(beat, now, page)),
    Object.values(snapshot.waiting).map((session) =>
      page.paint('yellow', cutTo(waitingLine(session, now), page.width)),
    ),
    groupTable('QUEUE', view.queues, page),
    groupTable('TASK', view.types, page),
    troubleLines(snapshot, page),
  ];
  return fit(
    blocks.filter((block) => block.length > 0),
    page,
  );
};

const heading = ({ snapshot, now }: StatusView, page: Page): string[] => {
  const { paint, width } = page;
  const parts = [
    printable(snapshot.maskedUrl),
    productOf(snapshot.link),
    workerCounts(Object.values(snapshot.workers)),
  ];
  const line = cutTo(parts.filter((part) => part !== '').join(' · '), width);
  const link = linkSentence(snapshot.link, now);
  return [
    paint('bold', line),
    ...(link === null ? [] : wrapText(link, width).map((each) => paint('yellow', each))),
    ...(snapshot.link.kind === 'live' ? verdictLines(snapshot.verdict, page) : []),
  ];
};

/** "Degraded · 3 alerts: Tasks of default wait 92 s (threshold 60 s)." */
const verdictLines = (verdict: Verdict, { paint, width }: Page): string[] => {
  const { level, state, reasons } = verdict;
  const isAlerted = level === 'degraded' || level === 'unhealthy';
  const headline = isAlerted ? headlineOf(verdict) : null;
  const count = isAlerted ? ` · ${plural(reasons.length, 'alert')}${headline ? '' : ', recovering'}` : '';
  const line = `${verdictWords[state]}${count}${headline ? `: ${printable(headline.sentence)}` : ''}`;
  return wrapText(line, width).map((each) => paint(verdictStyles[level], each));
};

export const productOf = (link: LinkState): string =>
  link.kind === 'live' ? [link.server.product, link.server.version].filter(Boolean).join(' ') : '';

/** "Beat celerybeat@web1: alive, answered 3 s ago." */
const beatLine = ({ hostname, status, lastAnswerAt }: Beat, now: number, { paint, width }: Page): string => {
  const seconds = lastAnswerAt === null ? null : Math.floor(Math.max(0, now - lastAnswerAt) / 1000);
  const last = seconds === null ? 'never' : seconds === 0 ? 'just now' : `${duration(seconds)} ago`;
  const words =
    status === 'alive'
      ? `alive, answered ${last}`
      : `silent, answered ${last}: it has stopped, hangs, or its scheduler has not run for a while`;
  const line = cutTo(`Beat ${printable(hostname)}: ${words}.`, width);
  return status === 'alive' ? line : paint('yellow', line);
};

/** "orders.charge 3f2a91c0-… on api@lab has been paused in rdb at 127.0.0.1:6900 for 12 s." */
const waitingLine = ({ task, hostname, place, since }: WaitingSession, now: number): string => {
  const name = task ? `${task.name ?? 'unknown task'} ${task.id}` : 'A task';
  const who = hostname === null ? name : `${name} on ${hostname}`;
  const seconds = Math.floor(Math.max(0, now - since) / 1000);
  return printable(`${who} has been paused in rdb at ${placeName(place)} for ${duration(seconds)}.`);
};

const order: readonly WorkerStatus[] = ['online', 'late', 'lost', 'offline'];

/** "2 workers online", "3 workers: 2 online, 1 lost". */
export const workerCounts = (workers: readonly Worker[]): string => {
  if (workers.length === 0) return 'no workers';
  const counted = order.map((status) => ({ status, count: workers.filter((each) => each.status === status).length }));
  const parts = counted.filter(({ count }) => count > 0).map(({ status, count }) => `${figure(count)} ${status}`);
  const all = plural(workers.length, 'worker');
  return parts.length === 1 ? `${all} ${parts[0]?.split(' ')[1]}` : `${all}: ${parts.join(', ')}`;
};

/** What is wrong with the connection; null while nothing is. */
export const linkSentence = (link: LinkState, now: number): string | null => {
  switch (link.kind) {
    case 'live':
      return link.blocked === null ? null : link.blocked.sentence;
    case 'connecting':
      return 'Connecting…';
    case 'lost': {
      const seconds = Math.ceil((link.retryAt - now) / 1000);
      const again = seconds > 0 ? `in ${seconds} s` : 'now';
      return `${link.reason.sentence} Offline for ${duration(Math.floor(Math.max(0, now - link.since) / 1000))}, next attempt ${again}.`;
    }
    case 'disconnected':
      return 'Not connected.';
    default:
      return link satisfies never;
  }
};

export const workerTable = (
  workers: readonly Worker[],
  stats: readonly GroupStats[],
  now: number,
  page: TablePage,
): string[] => {
  const statsOf = new Map(stats.map((group) => [group.name, group]));
  const rows = workers
    .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || compare(a.hostname, b.hostname))
    .map((worker) => ({ worker, stats: statsOf.get(worker.hostname), now }));
  return rows.length === 0 ? [] : table(workerColumns, rows, page);
};

export const groupTable = (header: string, groups: readonly GroupStats[], page: TablePage): string[] => {
  const busiest = groups.toSorted((a, b) => busyness(b) - busyness(a) || compare(a.name, b.name));
  return busiest.length === 0 ? [] : table(groupColumns(header), busiest, page);
};

const busyness = ({ windows, held }: GroupStats): number => (windows[0]?.perSecond ?? 0) * 60 + (held['STARTED'] ?? 0);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const gapsListed = 3;

export const gapSentence = ({ from, to, reason }: Gap): string =>
  `Events may be missing from ${clockTime(from)} to ${clockTime(to)}: ${printable(reason)}`;

const troubleLines = ({ counters, gaps }: StatusView['snapshot'], { paint, width }: Page): string[] => {
  const totals = Object.values(counters.gaps);
  const count = totals.reduce((sum, total) => sum + total.count, 0);
  const missed = totals.reduce((sum, total) => sum + total.seconds, 0);
  const holes = count > 0 ? [`${plural(count, 'gap')} in the event stream, ${duration(missed)} in total`] : [];
  const sentences = [...holes, ...troubleSentences(counters)];
  const lines = sentences.length === 0 ? [] : [`${sentences.join(' · ')}.`];
  return [...lines, ...gaps.slice(-gapsListed).map(gapSentence)].map((line) => paint('yellow', cutTo(line, width)));
};

/** What makes the figures doubtful. */
export const troubleSentences = (
  counters: Pick<Counters, 'lost' | 'invalid' | 'evicted' | 'stores'> & Partial<Pick<Counters, 'uncountedLosses'>>,
): string[] =>
  [
    counters.lost > 0 ? `${plural(counters.lost, 'event')} lost` : '',
    counters.uncountedLosses
      ? `events discarded ${times(counters.uncountedLosses)} (the broker does not report how many)`
      : '',
    counters.invalid > 0 ? `${plural(counters.invalid, 'message')} could not be read` : '',
    counters.evicted > 0 ? `${plural(counters.evicted, 'task')} dropped to stay within the limit` : '',
    shortenedTasks(counters) > 0
      ? `long texts of ${plural(shortenedTasks(counters), 'task')} shortened to save memory`
      : '',
  ].filter((sentence) => sentence !== '');

const times = (count: number): string => (count === 1 ? 'once' : `${figure(count)} times`);

const shortenedTasks = ({ stores }: Pick<Counters, 'stores'>): number => stores.longTexts?.evicted ?? 0;

/** Leaves out what is below the screen and says how much; each block keeps its first rows. */
const fit = (blocks: readonly (readonly string[])[], { height, paint }: Page): string[] => {
  const room = height - (blocks.length - 1);
  const shares = shareOut(
    blocks.map((block) => block.length),
    room,
  );
  return blocks.flatMap((block, index) => {
    const share = shares[index] ?? 0;
    const rows = block.length <= share ? block : [...block.slice(0, Math.max(1, share - 1))];
    const hidden = block.length - rows.length;
    const more = hidden > 0 ? [paint('dim', `… ${figure(hidden)} more`)] : [];
    return [...(index > 0 ? [''] : []), ...rows, ...more];
  });
};

/** Takes lines from the longest block until all fit. */
const shareOut = (lengths: readonly number[], room: number): number[] => {
  const shares = [...lengths];
  for (let excess = shares.reduce((sum, each) => sum + each, 0) - room; excess > 0; excess--) {
    const longest = shares.indexOf(Math.max(...shares));
    if ((shares[longest] ?? 0) <= 3) break;
    shares[longest] = (shares[longest] ?? 0) - 1;
  }
  return shares;
};
