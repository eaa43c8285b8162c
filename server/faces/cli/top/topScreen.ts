import { verdictWords } from '../../../api/verdictWords.ts';
import { cutTo, displayWidth, padTo } from '../../../text/displayWidth.ts';
import type { Paint } from '../../../text/paint.ts';
import { duration, figure, percent, printable, rate } from '../../../text/wording.ts';
import { wrapText } from '../../../text/wrapText.ts';
import { verdictStyles } from '../healthScreen.ts';
import { linkSentence, productOf, workerCounts } from '../statusScreen.ts';
import { taskScreen } from '../taskScreen.ts';
import { helpLines } from './topHelp.ts';
import { listLines } from './topLists.ts';
import { listOf, scrolled, type TopState, type TopTab, topTabs } from './topState.ts';
import { keysOf, type TopView } from './topView.ts';

export interface TopPage {
  readonly width: number;
  readonly height: number;
  readonly paint: Paint;
}

/** Lines above and below the list: heading, verdict, figures, tabs; the header of the table; keys. */
const linesAround = 6;

export const roomFor = ({ height }: Pick<TopPage, 'height'>): number => Math.max(1, height - linesAround);

/** Exactly one picture: as many lines as the terminal has, none wider than it. */
export const topScreen = (view: TopView, state: TopState, page: TopPage): string[] => {
  const { width, height } = page;
  const head = [heading(view, page), ...condition(view, page), tabsLine(view, state, page)];
  const room = height - head.length - 1;
  const body = bodyOf(view, state, page, room).slice(0, room);
  const filler = Array.from({ length: Math.max(0, room - body.length) }, () => '');
  return [...head, ...body, ...filler, lastLine(state, page)].slice(0, height).map((line) => cutPainted(line, width));
};

/** Colours are not counted; a line that is too wide loses them, which no line of ours should. */
const cutPainted = (line: string, width: number): string => (displayWidth(line) <= width ? line : cutTo(line, width));

const heading = ({ status: { snapshot } }: TopView, { width, paint }: TopPage): string => {
  const parts = [
    `celeriac top · ${printable(snapshot.maskedUrl)}`,
    productOf(snapshot.link),
    workerCounts(Object.values(snapshot.workers)),
  ];
  return paint('bold', cutTo(parts.filter((part) => part !== '').join(' · '), width));
};

/** Two lines: why there is no connection, or else the verdict and the figures. */
const condition = (view: TopView, page: TopPage): readonly string[] => {
  const { snapshot, now } = view.status;
  const link = linkSentence(snapshot.link, now);
  if (link === null) return [verdictLine(view, page), figuresLine(view, page)];
  const [first = '', ...rest] = wrapText(printable(link), page.width);
  const [second = figuresLine(view, page)] = rest.length > 1 ? [cutTo(rest.join(' '), page.width)] : rest;
  return [page.paint('yellow', first), rest.length === 0 ? second : page.paint('yellow', second)];
};

const verdictLine = ({ status: { snapshot }, alerts }: TopView, { width, paint }: TopPage): string => {
  const { verdict } = snapshot;
  const [worst] = verdict.reasons;
  const count = alerts.length > 1 ? ` (${alerts.length} alerts)` : '';
  const reason = worst === undefined ? '' : `: ${printable(worst.sentence)}`;
  return paint(verdictStyles[verdict.level], cutTo(`${verdictWords[verdict.state]}${count}${reason}`, width));
};

const figuresLine = ({ status }: TopView, { width }: TopPage): string => {
  const held = (name: string): number => status.types.reduce((sum, { held: of }) => sum + (of[name] ?? 0), 0);
  const minutes = status.types.flatMap(({ windows }) => windows[0] ?? []);
  const ended = minutes.reduce((sum, { succeeded, failed, retried }) => sum + succeeded + failed + retried, 0);
  const failed = minutes.reduce((sum, each) => sum + each.failed, 0);
  const perSecond = minutes.reduce((sum, each) => sum + each.perSecond, 0);
  const slowest = Math.max(-1, ...minutes.map(({ runtime }) => runtime.p95 ?? -1));
  const { ready, isKnown } = queued(status);
  const parts = [
    `Running ${figure(held('STARTED'))}`,
    isKnown ? `queued ${figure(ready)}` : '',
    `${rate(perSecond)} tasks/s`,
    ended > 0 ? `${percent(failed / ended)} failed` : '',
    slowest < 0 ? '' : `slowest p95 ${duration(slowest)}`,
  ];
  return cutTo(parts.filter((part) => part !== '').join(' · '), width);
};

const queued = ({ snapshot }: TopView['status']): { ready: number; isKnown: boolean } => {
  const depths = Object.values(snapshot.queues).flatMap(({ ready }) => (ready === null ? [] : [ready]));
  return { ready: depths.reduce((sum, ready) => sum + ready, 0), isKnown: depths.length > 0 };
};

const titles: Readonly<Record<TopTab, string>> = {
  tasks: 'Tasks',
  workers: 'Workers',
  queues: 'Queues',
  failures: 'Failures',
  alerts: 'Alerts',
};

const tabsLine = (view: TopView, state: TopState, { width, paint }: TopPage): string => {
  const counts: Readonly<Record<TopTab, number>> = {
    tasks: view.tasks.matching ?? view.tasks.held,
    workers: view.workers.length,
    queues: view.queues.length,
    failures: view.failures.length,
    alerts: view.alerts.length,
  };
  const tabs = topTabs.map((tab, index) => {
    const text = `${index + 1} ${titles[tab]} ${figure(counts[tab])}`;
    return tab === state.tab ? `[${text}]` : ` ${text} `;
  });
  const { sort, descending } = listOf(state);
  const sorted = `${sort} ${descending ? '↓' : '↑'}`;
  const right = [state.isPaused ? 'PAUSED' : '', sorted];
  const left = tabs.join('');
  const rest = cutTo(right.filter((part) => part !== '').join('  '), Math.max(0, width - displayWidth(left) - 2));
  return paint('bold', cutTo(left, width)) + (rest === '' ? '' : padTo(rest, width - displayWidth(left), 'right'));
};

const bodyOf = (view: TopView, state: TopState, page: TopPage, room: number): string[] => {
  const { overlay } = state;
  if (overlay === null) {
    const list = scrolled(listOf(state), keysOf(view, state), room - 1);
    return listLines(view, state, list, { ...page, room: room - 1 });
  }
  switch (overlay.kind) {
    case 'help':
      return helpLines(page.width);
    case 'task':
      return view.task === null
        ? ['This task is no longer held in memory.']
        : fitted(taskScreen(view.task, page), page.width).slice(overlay.offset);
    case 'alert':
      return alertLines(view, overlay.id, page.width).slice(overlay.offset);
    default:
      return overlay satisfies never;
  }
};

/** Lines that begin with blanks, as those of tracebacks, keep them: they are cut where the line ends. */
const fitted = (lines: readonly string[], width: number): string[] =>
  lines.flatMap((line) => {
    if (displayWidth(line) <= width) return [line];
    return line.startsWith(' ') ? piecesOf(line, width) : wrapText(line, width);
  });

const piecesOf = (line: string, width: number): string[] => {
  const indent = ' '.repeat(Math.min(line.length - line.trimStart().length, width >> 1));
  const text = line.trimStart();
  const room = Math.max(1, width - indent.length);
  return Array.from(
    { length: Math.ceil(text.length / room) },
    (_, at) => indent + text.slice(at * room, at * room + room),
  );
};

const alertLines = ({ alerts, status }: TopView, id: string, width: number): string[] => {
  const alert = alerts.find((each) => each.id === id);
  if (alert === undefined) return ['This alert is over.'];
  const since = duration(Math.max(0, Math.floor((status.now - alert.since) / 1_000)));
  return [
    ...wrapText(`${alert.severity}: ${printable(alert.sentence)}`, width),
    '',
    ...wrapText(printable(alert.recommendation), width),
    '',
    `For ${since}.`,
  ];
};

const keysOfLists = 'q Quit  ? Help  / Filter  s Sort  Enter Open  r Retry  x Revoke  Space Pause';
const keysOfPages = 'Esc Back  ↑↓ Scroll  r Retry  x Revoke  q Quit';

const lastLine = (state: TopState, { width, paint }: TopPage): string => {
  const { prompt, message, overlay } = state;
  const { filter } = listOf(state);
  if (prompt?.kind === 'confirm') return paint('yellow', cutTo(`${prompt.question} [y/N]`, width));
  if (prompt?.kind === 'filter') return filterLine(prompt, width);
  if (message !== null) return cutTo(printable(message), width);
  if (overlay !== null) return paint('dim', cutTo(keysOfPages, width));
  if (filter === '') return paint('dim', cutTo(keysOfLists, width));
  const keys = '   Esc Remove  / Edit  ? Help';
  return `Filter: ${cutTo(printable(filter), Math.max(10, width - 8 - keys.length))}${paint('dim', keys)}`;
};

/** The caret is a line of its own; no colour and no cursor are needed to see it. */
const filterLine = (
  { text, caret, error }: Extract<TopState['prompt'], { readonly kind: 'filter' }>,
  width: number,
): string => {
  const note = error === null ? '' : `   ${error}`;
  const room = Math.max(10, width - 8);
  const from = Math.max(0, caret - room + 1);
  return cutTo(`Filter: ${printable(text.slice(from, caret))}▏${printable(text.slice(caret))}${note}`, width);
};
