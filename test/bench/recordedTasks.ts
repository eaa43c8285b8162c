import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const recordedFile = join(import.meta.dirname, 'recordedTasks.ndjson');

/** What differs from one task to the next in the text of an event. */
export interface Particulars {
  readonly hostname: string;
  readonly pid: number;
  readonly id: string;
  /** The task this one belongs to, where the recorded one belonged to another. */
  readonly parentId: string;
  /** In place of the recorded order number, so that no two tasks have the same arguments. */
  readonly order: number;
}

/** The text of one event, exactly as a worker wrote it but for the particulars. */
export type EventText = (task: Particulars, clock: number, timestamp: number) => string;

/** A recorded life: received, started, and succeeded or failed. */
export interface TaskLife {
  readonly received: EventText;
  readonly started: EventText;
  readonly ended: EventText;
  readonly routingKeyOfEnd: string;
}

export const readRecordedTasks = (): TaskLife[] => {
  const lines = readFileSync(recordedFile, 'utf8').trim().split('\n');
  const lives = new Map<string, string[]>();
  for (const line of lines) {
    const id = /"uuid": "([^"]+)"/.exec(line)?.[1] ?? '';
    lives.set(id, [...(lives.get(id) ?? []), line]);
  }
  return [...lives].map(([id, texts]) => toLife(id, texts));
};

const toLife = (id: string, texts: readonly string[]): TaskLife => {
  const [received, started, ended] = texts;
  if (!received || !started || !ended) throw new Error(`the recording of task ${id} is not whole`);
  const order = /'(\d{5})'/.exec(received)?.[1] ?? null;
  const text = (line: string): EventText => toEventText(line, id, order);
  return {
    received: text(received),
    started: text(started),
    ended: text(ended),
    routingKeyOfEnd: ended.includes('"task-failed"') ? 'task.failed' : 'task.succeeded',
  };
};

const mark = '\u0000';
const uuid = /"(root_id|parent_id)": "[0-9a-f-]{36}"/g;

/** Cuts the line at what differs, so that a new event is a mere concatenation. */
const toEventText = (line: string, id: string, order: string | null): EventText => {
  const marked = line
    .replaceAll(id, `${mark}i${mark}`)
    .replace(uuid, (_, field) => `"${field}": "${mark}p${mark}"`)
    .replace(/"hostname": "[^"]*"/, `"hostname": "${mark}h${mark}"`)
    .replace(/"pid": \d+/, `"pid": ${mark}n${mark}`)
    .replace(/"clock": \d+/, `"clock": ${mark}c${mark}`)
    .replace(/"timestamp": [\d.]+/, `"timestamp": ${mark}t${mark}`)
    .replace(/"runtime": [\d.e-]+/, `"runtime": ${mark}r${mark}`);
  const parts = (order === null ? marked : marked.replaceAll(order, `${mark}o${mark}`)).split(mark);
  return (task, clock, timestamp) => {
    let text = '';
    for (let at = 0; at < parts.length; at++)
      text += at % 2 === 0 ? parts[at] : fill(parts[at], task, clock, timestamp);
    return text;
  };
};

const fill = (what: string | undefined, task: Particulars, clock: number, timestamp: number): string | number => {
  switch (what) {
    case 'i':
      return task.id;
    case 'p':
      return task.parentId;
    case 'h':
      return task.hostname;
    case 'n':
      return task.pid;
    case 'c':
      return clock;
    case 't':
      return timestamp;
    case 'r':
      return 0.005 + (clock % 997) / 3_000;
    default:
      return task.order;
  }
};
