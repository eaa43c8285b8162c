import type { Alert, Severity } from '../../../api/health.ts';
import type { Paint, Style } from '../../../text/paint.ts';
import { type Column, table } from '../../../text/table.ts';
import { taskColumns } from '../../../text/taskRows.ts';
import { duration, printable } from '../../../text/wording.ts';
import { wrapText } from '../../../text/wrapText.ts';
import { failureColumns } from '../failureRows.ts';
import { queueColumns } from '../queueRows.ts';
import { workerColumns } from '../workerRows.ts';
import type { ListState, TopState } from './topState.ts';
import type { TopView } from './topView.ts';

interface ListPage {
  readonly width: number;
  readonly paint: Paint;
  readonly room: number;
}

/** The header and the rows in sight of the list that is looked at; the chosen one is marked, also without colour. */
export const listLines = (view: TopView, { tab }: TopState, list: ListState, page: ListPage): string[] => {
  switch (tab) {
    case 'tasks':
      return rows(taskColumns(page.width - 2), view.tasks.tasks, list, page, noTasks(view, list));
    case 'workers':
      return rows(workerColumns, view.workers, list, page, empty(list, 'No worker has answered yet.'));
    case 'queues':
      return rows(queueColumns, view.queues, list, page, empty(list, 'No queue is known yet.'));
    case 'failures':
      return rows(failureColumns, view.failures, list, page, empty(list, 'No task has failed since this started.'));
    case 'alerts':
      return rows(alertColumns(view.status.now), view.alerts, list, page, empty(list, 'There are no alerts.'));
    default:
      return tab satisfies never;
  }
};

const empty = ({ filter }: ListState, sentence: string): string =>
  filter === '' ? sentence : 'Nothing matches the filter. Press Esc to remove it.';

const noTasks = ({ status, tasks }: TopView, list: ListState): string => {
  if (tasks.held > 0 || list.filter !== '') return empty(list, 'No task is held.');
  const isHeard = status.snapshot.counters.events > 0;
  return isHeard
    ? 'No task yet. If tasks do run, workers send no task events: start them with -E, or run "celeriac control enable_events".'
    : 'Nothing has been heard yet.';
};

const rows = <Row>(
  columns: readonly Column<Row>[],
  all: readonly Row[],
  { index, offset }: ListState,
  { width, paint, room }: ListPage,
  nothing: string,
): string[] => {
  if (all.length === 0) return ['', ...wrapText(nothing, width)];
  const [header = '', ...lines] = table(columns, all.slice(offset, offset + room), { width: width - 2, paint });
  return [
    `  ${header}`,
    ...lines.map((line, at) => (offset + at === index ? `${paint('bold', '>')} ${line}` : `  ${line}`)),
  ];
};

const severityStyles: Readonly<Record<Severity, Style | null>> = { critical: 'red', warning: 'yellow', info: null };

const alertColumns = (now: number): readonly Column<Alert>[] => [
  { header: 'SEVERITY', text: ({ severity }) => severity, style: ({ severity }) => severityStyles[severity] },
  { header: 'FOR', text: ({ since }) => duration(Math.max(0, Math.floor((now - since) / 1_000))), align: 'right' },
  { header: 'ALERT', text: ({ sentence }) => printable(sentence), narrowest: 30 },
];
