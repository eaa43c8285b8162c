import { bytes } from '../../api/figures.ts';
import { field, numberField, textField } from '../../celery/field.ts';
import { isRecord } from '../../celery/isRecord.ts';
import { poolSizeOf } from '../../celery/poolSize.ts';
import { wordOf } from '../../celery/wordOf.ts';
import { type Column, table } from '../table.ts';
import { duration, figure, printable } from '../wording.ts';
import type { Answered, ShowReplies } from './replyScreen.ts';

const count = (value: number | null): string => (value === null ? '' : figure(value));

/** The most useful figures; the JSON has all of them. */
const columns: readonly Column<Answered>[] = [
  { header: 'WORKER', text: ({ hostname }) => printable(hostname), style: () => 'bold', narrowest: 8 },
  { header: 'UP', text: ({ value }) => time(numberField(value, 'uptime')), align: 'right' },
  { header: 'POOL', text: ({ value }) => poolOf(value), dispensable: 3 },
  { header: 'SIZE', text: ({ value }) => sizeOf(value), align: 'right' },
  {
    header: 'PREFETCH',
    text: ({ value }) => count(numberField(value, 'prefetch_count')),
    align: 'right',
    dispensable: 4,
  },
  { header: 'ACCEPTED', text: ({ value }) => count(accepted(value)), align: 'right' },
  { header: 'CPU', text: ({ value }) => time(cpuOf(value)), align: 'right', dispensable: 2 },
  { header: 'MEMORY', text: ({ value }) => memoryOf(value), align: 'right', dispensable: 1 },
  { header: 'PID', text: ({ value }) => textField(value, 'pid'), align: 'right', dispensable: 5 },
  { header: 'BROKER', text: ({ value }) => brokerOf(value), dispensable: 6 },
];

const explained = 'ACCEPTED counts tasks since the start. CPU and MEMORY (its peak) are those of the main process.';

export const statsReplies: ShowReplies = (replies, page) => [
  ...table(columns, replies, page),
  page.paint('dim', explained),
];

const time = (seconds: number | null): string => (seconds === null ? '' : duration(seconds));

/** `celery.concurrency.prefork:TaskPool` → prefork */
const poolOf = (value: unknown): string => {
  const name = textField(value, 'pool', 'implementation');
  return printable(/concurrency\.(\w+)/.exec(name)?.[1] ?? name);
};

const sizeOf = (value: unknown): string => {
  const limits = field(value, 'autoscaler');
  if (isRecord(limits)) return `${wordOf(limits['min'])}–${wordOf(limits['max'])}`;
  const pool = field(value, 'pool');
  return isRecord(pool) ? wordOf(poolSizeOf(pool)) : '';
};

const accepted = (value: unknown): number | null => {
  const total = field(value, 'total');
  if (!isRecord(total)) return null;
  return Object.values(total).reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 0), 0);
};

const cpuOf = (value: unknown): number | null => {
  const user = numberField(value, 'rusage', 'utime');
  return user === null ? null : user + (numberField(value, 'rusage', 'stime') ?? 0);
};

/** `maxrss` is in kilobytes on Linux and in bytes on a Mac; no worker takes less than 16 MB, and hardly one over 16 GB. */
const memoryOf = (value: unknown): string => {
  const rss = numberField(value, 'rusage', 'maxrss');
  if (rss === null) return '';
  return bytes(rss > 16 * 1024 * 1024 ? rss : rss * 1024);
};

const brokerOf = (value: unknown): string => {
  const transport = textField(value, 'broker', 'transport');
  const host = textField(value, 'broker', 'hostname');
  if (host === '') return printable(transport);
  const port = textField(value, 'broker', 'port');
  const path = textField(value, 'broker', 'virtual_host').replace(/^\//, '');
  return printable(`${transport}://${host}${port === '' ? '' : `:${port}`}/${path}`);
};
