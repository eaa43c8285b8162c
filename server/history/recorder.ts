import { CeleriacError, messageOf } from '../api/errors.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { EndedBatch } from '../state/rows/endedBatch.ts';
import type { EndedTasks } from '../state/rows/endedTasks.ts';
import type { Recording } from './history.ts';
import type { HistoryChannel } from './historyChannel.ts';
import type { SavedTasks } from './historyFile.ts';
import { MinuteClock, type QueueMinutes } from './minuteClock.ts';
import type { MinuteRecord } from './minuteRecord.ts';
import type { Notices } from './notices.ts';

/** Besides what goes each second. The more go at once, the less each costs: neighbours in an index share a page. */
const batchTasks = 8_000;
const largestBatch = 16_384;
const longestPauseMs = 30_000;
const minutesLimit = 1_440;
const stopPatienceMs = 10_000;

export interface RecorderParts {
  readonly channel: HistoryChannel;
  readonly notices: Notices;
  readonly now: () => number;
}

/**
 * Carries what happened from the state to the disk, one batch after the other: while one is being written the next gathers,
 * as marks that cost nothing, and when there are too many the oldest are dropped and counted. What the disk refuses is
 * offered again.
 */
export class Recorder implements Recording {
  written = 0;
  private readonly parts: RecorderParts;
  private readonly ended: EndedTasks;
  private readonly minutes: MinuteClock;
  private tasksToWrite: EndedBatch | null = null;
  private minutesToWrite: readonly MinuteRecord[] = [];
  private writing: Promise<void> | null = null;
  private failures = 0;
  private pausedUntil = 0;
  private lost = 0;
  private readonly late: Missing;
  private readonly unwritable: Missing;

  constructor(state: ClusterState, queues: QueueMinutes, parts: RecorderParts) {
    this.parts = parts;
    this.ended = state.recordEnds();
    this.minutes = new MinuteClock(state, queues, parts.now());
    this.late = new Missing((count) =>
      parts.notices.add(`The disk is too slow: ${count} finished tasks are missing from the history.`),
    );
    this.unwritable = new Missing((count, why) =>
      parts.notices.add(
        `${count} finished ${count === 1 ? 'task' : 'tasks'} could not be written to the history. ${why}`,
      ),
    );
  }

  get dropped(): number {
    return this.ended.dropped + this.lost;
  }

  progressed(): void {
    if (this.ended.size >= batchTasks) this.flush();
  }

  tick(): void {
    this.minutesToWrite = [...this.minutesToWrite, ...this.minutes.due(this.parts.now())].slice(-minutesLimit);
    this.flush();
    this.late.noteTotal(this.ended.dropped, '');
  }

  async stop(): Promise<void> {
    const giveUpAt = this.parts.now() + stopPatienceMs;
    await this.writing;
    this.minutesToWrite = [...this.minutesToWrite, ...this.minutes.rest(this.parts.now())];
    this.pausedUntil = 0;
    for (let failures = this.failures; this.hasWork && this.failures <= failures; ) {
      if (this.parts.now() > giveUpAt) break;
      this.flush();
      await this.writing;
    }
    const left = this.ended.size + (this.tasksToWrite?.size ?? 0);
    if (left > 0) this.parts.notices.add(`${left} finished tasks could not be written to the history before exit.`);
  }

  private get hasWork(): boolean {
    return this.tasksToWrite !== null || this.minutesToWrite.length > 0 || this.ended.size > 0;
  }

  private flush(): void {
    if (this.writing || this.parts.now() < this.pausedUntil) return;
    this.tasksToWrite ??= this.ended.take(largestBatch);
    this.writing = this.write().finally(() => {
      this.writing = null;
    });
  }

  /** Never rejects. */
  private async write(): Promise<void> {
    const { channel } = this.parts;
    try {
      if (this.tasksToWrite) this.noteSaved(await channel.call('saveTasks', this.tasksToWrite));
      this.tasksToWrite = null;
      const minutes = this.minutesToWrite;
      if (minutes.length > 0) await channel.call('saveMinutes', minutes);
      this.minutesToWrite = this.minutesToWrite.filter((minute) => !minutes.includes(minute));
      await channel.call('tidy');
      this.failures = 0;
    } catch (error) {
      this.failed(error);
    }
  }

  private noteSaved({ written, odd }: SavedTasks): void {
    this.written += written;
    const last = odd.at(-1);
    if (last) this.lose(odd.length, `The latest is ${last.id ?? 'a task without a readable id'}: ${last.why}.`);
  }

  private lose(count: number, why: string): void {
    this.lost += count;
    this.unwritable.noteTotal(this.lost, why);
  }

  private failed(error: unknown): void {
    const { notices, now } = this.parts;
    const why = messageOf(error);
    notices.add(why);
    this.failures++;
    this.pausedUntil = now() + Math.min(longestPauseMs, 500 * 2 ** this.failures);
    if (error instanceof CeleriacError && error.code === 'timeout') return;
    // It is not the disk: what could not be written this time cannot be written next time.
    this.lose(this.tasksToWrite?.size ?? 0, why);
    this.tasksToWrite = null;
    this.minutesToWrite = [];
  }
}

/** Says how many are missing at the first, and whenever they have doubled. */
class Missing {
  private readonly say: (count: number, why: string) => void;
  private said = 0;

  constructor(say: (count: number, why: string) => void) {
    this.say = say;
  }

  noteTotal(count: number, why: string): void {
    if (count === this.said || count < this.said * 2) return;
    this.said = count;
    this.say(count, why);
  }
}
