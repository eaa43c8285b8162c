import { wordOf } from '../../celery/wordOf.ts';
import { cutTo, padTo } from '../../text/displayWidth.ts';
import type { Paint, Style } from '../../text/paint.ts';
import { clockTime, duration, printable } from '../../text/wording.ts';

type Event = Readonly<Record<string, unknown>>;

export interface EventLineOptions {
  readonly width: number;
  readonly paint: Paint;
}

const styles: Readonly<Record<string, Style>> = {
  'task-sent': 'blue',
  'task-received': 'blue',
  'task-started': 'cyan',
  'task-succeeded': 'green',
  'task-failed': 'red',
  'task-retried': 'yellow',
  'task-revoked': 'magenta',
  'task-rejected': 'magenta',
  'worker-online': 'green',
  'worker-offline': 'yellow',
  'worker-heartbeat': 'dim',
};

const typeCells = 'worker-heartbeat'.length;
const workerCells = { first: 12, most: 28 };
const nameCells = { first: 16, most: 40 };
const shortIdLength = 8;

/** Writes events one line each. Columns grow with what passes, up to a limit, so that they stay in line. */
export class EventLines {
  private workerCells = workerCells.first;
  private nameCells = nameCells.first;

  /** `taskName` is null where no event told it. */
  line(event: Event, taskName: string | null, { width, paint }: EventLineOptions): string {
    const type = wordOf(event['type']);
    const style = styles[type] ?? null;
    const worker = printable(wordOf(event['hostname']));
    this.workerCells = grown(this.workerCells, worker, workerCells.most);
    const head = `${clockTime(Number(event['timestamp']) * 1000)}  `;
    const typed = padTo(printable(type), typeCells);
    const where = padTo(cutTo(worker, this.workerCells), this.workerCells);
    const room = width - head.length - typed.length - this.workerCells - 4;
    const { identity, detail } = type.startsWith('task-') ? this.task(event, type, taskName) : this.other(event, type);
    const detailRoom = Math.max(0, room - identity.length - 2);
    const end = detail === '' ? '' : `  ${cutTo(detail, detailRoom)}`;
    if (style === 'dim') return paint('dim', `${head}${typed}  ${where}  ${identity}${end}`.trimEnd());
    return `${paint('dim', head)}${paint(style, typed)}  ${where}  ${cutTo(identity, room)}${paint(detailStyle(type), end)}`.trimEnd();
  }

  private task(event: Event, type: string, taskName: string | null): Told {
    const id = wordOf(event['uuid']);
    const name = printable(taskName ?? '(unknown name)');
    this.nameCells = grown(this.nameCells, name, nameCells.most);
    const named = padTo(cutTo(name, this.nameCells), this.nameCells);
    return {
      identity: `${printable(id.slice(0, shortIdLength))}  ${named}`,
      detail: printable(taskDetail(event, type)),
    };
  }

  private other(event: Event, type: string): Told {
    if (type === 'worker-heartbeat' || type === 'worker-online') return { identity: '', detail: workerDetail(event) };
    if (type === 'worker-offline') return { identity: '', detail: '' };
    return { identity: '', detail: printable(unknownDetail(event)) };
  }
}

interface Told {
  readonly identity: string;
  readonly detail: string;
}

const grown = (cells: number, content: string, most: number): number =>
  content.length <= cells ? cells : Math.min(content.length, most);

const detailStyle = (type: string): Style | null => (type === 'task-failed' ? 'red' : null);

const taskDetail = (event: Event, type: string): string => {
  switch (type) {
    case 'task-sent':
      return joined([event['queue'] ? `→ ${wordOf(event['queue'])}` : '', signature(event)]);
    case 'task-received':
      return joined([signature(event), event['eta'] ? `eta ${wordOf(event['eta'])}` : '', attempt(event)]);
    case 'task-started':
      return '';
    case 'task-succeeded':
      return joined([typeof event['runtime'] === 'number' ? duration(event['runtime']) : '', wordOf(event['result'])]);
    case 'task-failed':
    case 'task-retried':
      return wordOf(event['exception']);
    case 'task-revoked':
      return revocation(event);
    case 'task-rejected':
      return event['requeue'] ? 'requeued' : '';
    default:
      return unknownDetail(event);
  }
};

const signature = (event: Event): string => {
  const args = wordOf(event['args']);
  const kwargs = wordOf(event['kwargs']);
  return joined([args === '()' || args === '[]' ? '' : args, kwargs === '{}' ? '' : kwargs]);
};

const attempt = ({ retries }: Event): string => (typeof retries === 'number' && retries > 0 ? `retry ${retries}` : '');

const revocation = ({ terminated, expired, signum }: Event): string => {
  if (expired) return 'expired';
  if (!terminated) return '';
  return signum === null || signum === undefined ? 'terminated' : `terminated by signal ${wordOf(signum)}`;
};

const workerDetail = ({ active, processed, loadavg, sw_ver: version }: Event): string =>
  joined([
    typeof active === 'number' ? `${active} active` : '',
    typeof processed === 'number' ? `${processed} done` : '',
    Array.isArray(loadavg) ? `load ${loadavg.map(wordOf).join(' ')}` : '',
    active === undefined && version !== undefined ? `Celery ${wordOf(version)}` : '',
  ]);

const common = new Set([
  'type',
  'hostname',
  'timestamp',
  'utcoffset',
  'pid',
  'clock',
  'uuid',
  'name',
  'local_received',
]);

/** An event of the user's own making: whatever it carries. */
const unknownDetail = (event: Event): string =>
  Object.entries(event)
    .filter(([name]) => !common.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('  ');
