import type { GroupStats } from '../../api/tasks.ts';
import type { Column } from '../../text/table.ts';
import { duration, figure, percent, printable, rate } from '../../text/wording.ts';

const minute = (group: GroupStats) => group.windows[0];

const held = (group: GroupStats, ...states: readonly string[]): string => {
  const count = states.reduce((sum, state) => sum + (group.held[state] ?? 0), 0);
  return figure(count);
};

const seconds = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : duration(value);

const share = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : percent(value);

/** Columns for task types (`TASK`) and queues (`QUEUE`): what was heard of them, and their last minute. */
export const groupColumns = (header: string): readonly Column<GroupStats>[] => [
  { header, text: (group) => printable(group.name), style: () => 'bold', narrowest: 12 },
  { header: 'WAITING', text: (group) => held(group, 'PENDING', 'RECEIVED'), align: 'right', dispensable: 0 },
  { header: 'RUNNING', text: (group) => held(group, 'STARTED'), align: 'right' },
  { header: 'TASKS/S', text: (group) => rate(minute(group)?.perSecond ?? 0), align: 'right' },
  {
    header: 'FAILED',
    text: (group) => share(minute(group)?.failureRate),
    style: (group) => (minute(group)?.failureRate ? 'red' : null),
    align: 'right',
  },
  {
    header: 'RETRIED',
    text: (group) => share(minute(group)?.retryRate),
    style: (group) => (minute(group)?.retryRate ? 'yellow' : null),
    align: 'right',
    dispensable: 4,
  },
  { header: 'RUN P50', text: (group) => seconds(minute(group)?.runtime.p50), align: 'right', dispensable: 3 },
  { header: 'RUN P95', text: (group) => seconds(minute(group)?.runtime.p95), align: 'right', dispensable: 1 },
  { header: 'WAIT P95', text: (group) => seconds(minute(group)?.wait.p95), align: 'right', dispensable: 2 },
];
