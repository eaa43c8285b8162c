import { createReadStream } from 'node:fs';
import { CeleriacError } from '../../api/errors.ts';
import { eventDefect } from '../../celery/checkEvent.ts';
import type { CeleryEvent } from '../../celery/event.ts';
import { parseJson } from '../../celery/parseJson.ts';
import { divideMemory } from '../../cluster/memoryBudget.ts';
import { memoryThere } from '../../cluster/memoryThere.ts';
import { NotReadable } from '../../files/notReadable.ts';
import { openRegular } from '../../files/openRegular.ts';
import { ClusterState } from '../../state/clusterState.ts';
import { duration, figure, plural } from '../../text/wording.ts';
import { workerLostAfterMs } from './connection.ts';
import type { CommandContext } from './context.ts';
import { defaults } from './defaults.ts';
import { readLines } from './readLines.ts';

/** What a file of recorded events led to. */
export interface Recording {
  readonly state: ClusterState;
  readonly events: number;
  /** When the first and the last event arrived, in milliseconds; null without any. */
  readonly from: number | null;
  readonly to: number | null;
}

interface BadLine {
  readonly number: number;
  readonly defect: string;
}

const ageEveryMs = 1_000;
const badLinesNamed = 3;

/** Feeds recorded events, one JSON object a line, to a fresh state. Bad lines are counted and told, never fatal. */
export const readRecording = async (context: CommandContext, file: string): Promise<Recording> => {
  const replay = new Replay(context.options['max-tasks'] ?? defaults.maxTasks);
  const { terminal } = context;
  let toldAt = performance.now();
  for await (const line of readLines(open(context, file))) {
    if (context.interruption.aborted) break;
    replay.take(line);
    if (replay.lines % 10_000 === 0 && performance.now() - toldAt > 250) {
      toldAt = performance.now();
      terminal.sayForNow(`Reading … ${plural(replay.lines, 'line')}`);
    }
  }
  terminal.endTalkLine();
  const complaint = replay.complaint();
  if (complaint !== null) terminal.say(complaint);
  return replay.result();
};

class Replay {
  lines = 0;
  private state: ClusterState | null = null;
  private events = 0;
  private from: number | null = null;
  private to: number | null = null;
  private agedAt = 0;
  private bad = 0;
  private readonly badByDefect = new Map<string, number>();
  private readonly firstBad: BadLine[] = [];
  private readonly maxTasks: number;

  constructor(maxTasks: number) {
    this.maxTasks = maxTasks;
  }

  take(line: string | null): void {
    this.lines += 1;
    const read = readEvent(this.lines === 1 ? (line?.replace(/^\ufeff/, '') ?? null) : line);
    if (typeof read === 'string') this.refuse(read);
    else if (read !== null) this.apply(read);
  }

  result(): Recording {
    const { events, from, to } = this;
    const state = this.stateAt(to ?? 0);
    if (to !== null) state.tick(to);
    for (const [defect, count] of this.badByDefect) state.noteInvalid(defect, count);
    return { state, events, from, to };
  }

  complaint(): string | null {
    if (this.bad === 0) return null;
    const named = this.firstBad.map(({ number, defect }) => `line ${figure(number)}: ${defect}`).join('; ');
    const more = this.bad > this.firstBad.length ? '; …' : '';
    const were = this.bad === 1 ? 'was not an event and was' : 'were not events and were';
    return `${figure(this.bad)} of ${plural(this.lines, 'line')} ${were} skipped (${named}${more}).`;
  }

  private apply(event: CeleryEvent): void {
    const receivedAt = arrivalOf(event);
    const state = this.stateAt(receivedAt);
    // Workers fall silent by the clock of the recording, as they did while it was made.
    if (receivedAt - this.agedAt >= ageEveryMs) {
      state.tick(receivedAt);
      this.agedAt = receivedAt;
    }
    state.apply(event, receivedAt);
    this.events += 1;
    this.from ??= receivedAt;
    this.to = Math.max(this.to ?? receivedAt, receivedAt);
  }

  private stateAt(startedAt: number): ClusterState {
    if (this.state === null) {
      this.state = new ClusterState({
        maxTasks: this.maxTasks,
        workerLostAfterMs,
        startedAt,
        memory: divideMemory(memoryThere()),
      });
      this.agedAt = startedAt;
    }
    return this.state;
  }

  private refuse(defect: string): void {
    this.bad += 1;
    if (this.firstBad.length < badLinesNamed) this.firstBad.push({ number: this.lines, defect });
    this.badByDefect.set(defect, (this.badByDefect.get(defect) ?? 0) + 1);
  }
}

/** The event of a line, null for an empty line, or what is wrong with it. */
const readEvent = (line: string | null): CeleryEvent | string | null => {
  if (line === null) return 'too long';
  if (line.trim() === '') return null;
  const value = parseJson(line);
  if (value === undefined) return 'not JSON';
  return eventDefect(value) ?? (value as CeleryEvent);
};

const lastMs = 8.64e15;

/** The recorded time of arrival; where a recording has none, the time the event says of itself. */
const arrivalOf = (event: CeleryEvent): number => {
  const seconds = event['local_received'];
  const ms = typeof seconds === 'number' ? seconds * 1000 : Number.NaN;
  return ms >= 0 && ms <= lastMs ? ms : event.timestamp * 1000;
};

const open = ({ input }: CommandContext, file: string): AsyncIterable<Buffer | string> =>
  file === '-' ? input : readable(file);

async function* readable(file: string): AsyncGenerator<Buffer> {
  try {
    // What a shell has put in place of a file may be a pipe: there a position means nothing, and the stream asks for none.
    yield* createReadStream(file, { fd: openRegular(file).descriptor, highWaterMark: 1024 * 1024 });
  } catch (error) {
    const { reason } = NotReadable.from(error);
    throw new CeleriacError('notFound', `The file ${file} cannot be read: ${reason}.`, { cause: error });
  }
}

/** "Read recorded.jsonl, 35 s of events". */
export const recordingSentence = (file: string, { from, to }: Recording): string => {
  const name = file === '-' ? 'standard input' : file;
  return from === null || to === null ? `Read ${name}` : `Read ${name}, ${duration((to - from) / 1000)} of events`;
};
