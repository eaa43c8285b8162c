import type { CeleryEvent } from '../celery/event.ts';

/** What the heartbeats of one worker show over time. */
export interface Pulse {
  /** When it was found restarted, in the last hour. */
  readonly restarts: readonly number[];
  /** How many processes have lately sent heartbeats by turns under this name; 1 is as it should be. */
  readonly processes: number;
  /** Since when it has begun no task, by its own count; when it was first heard, if it never has. */
  readonly idleSince: number;
  /** Tasks it has begun since it was first heard. */
  readonly begun: number;
  readonly heardSince: number;
}

interface Beat {
  pid: number | null;
  processed: number | null;
  begun: number;
  idleSince: number;
  readonly heardSince: number;
  restarts: number[];
  /** By pid: when it was last heard. */
  readonly pids: Map<number, number>;
  /** When a pid came back after another: a restart never does that. */
  returnedAt: number;
}

/** Most events are of tasks: a look at one letter costs a tenth of a look at the beginning. */
const letterW = 119;
const hourMs = 3_600_000;
/** A worker beats every two seconds; two that share a name interleave at once. */
const turnMs = 30_000;
const workerLimit = 5_000;

/** Follows heartbeats: restarts, names used twice, progress. Pure; time comes in. */
export class PulseBook {
  private readonly beats = new Map<string, Beat>();

  note({ hostname, pid, processed, type }: CeleryEvent, at: number): void {
    // The goodbye of the one that was replaced may come when its successor already beats.
    if (type.charCodeAt(0) !== letterW || !type.startsWith('worker-') || type === 'worker-offline') return;
    const beat = this.beats.get(hostname) ?? this.add(hostname, at);
    if (typeof pid === 'number') notePid(beat, pid, at);
    if (typeof processed === 'number') noteProcessed(beat, processed, at);
  }

  at(now: number): ReadonlyMap<string, Pulse> {
    const pulses = new Map<string, Pulse>();
    for (const [hostname, beat] of this.beats) {
      const { begun, idleSince, heardSince } = beat;
      beat.restarts = beat.restarts.filter((time) => now - time < hourMs);
      const isShared = now - beat.returnedAt < turnMs;
      const processes = isShared ? [...beat.pids.values()].filter((time) => now - time < turnMs).length : 1;
      pulses.set(hostname, {
        restarts: beat.restarts,
        processes: Math.max(1, processes),
        begun,
        idleSince,
        heardSince,
      });
    }
    return pulses;
  }

  private add(hostname: string, at: number): Beat {
    if (this.beats.size >= workerLimit) this.beats.delete(this.beats.keys().next().value ?? '');
    const beat: Beat = {
      pid: null,
      processed: null,
      begun: 0,
      idleSince: at,
      heardSince: at,
      restarts: [],
      pids: new Map(),
      returnedAt: Number.NEGATIVE_INFINITY,
    };
    this.beats.set(hostname, beat);
    return beat;
  }
}

const notePid = (beat: Beat, pid: number, at: number): void => {
  for (const [known, time] of beat.pids) if (at - time > turnMs) beat.pids.delete(known);
  if (beat.pid !== null && beat.pid !== pid) {
    if (beat.pids.has(pid)) {
      // What looked like restarts was two of them by turns.
      const first = beat.returnedAt < at - turnMs;
      if (first) beat.restarts = beat.restarts.filter((time) => at - time > turnMs);
      beat.returnedAt = at;
    } else beat.restarts.push(at);
    beat.processed = null;
  }
  beat.pid = pid;
  beat.pids.set(pid, at);
};

/** A count that falls is that of a new life, even where the pid is the same, as in containers. */
const noteProcessed = (beat: Beat, processed: number, at: number): void => {
  const before = beat.processed;
  beat.processed = processed;
  if (before === null || processed === before) return;
  if (processed < before) beat.restarts.push(at);
  else beat.begun += processed - before;
  beat.idleSince = at;
};
