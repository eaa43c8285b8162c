import type { Worker, WorkerStatus } from '../../api/model.ts';
import type { CeleryEvent } from '../../celery/event.ts';

/** What Celery assumes of a worker that has not told its own (celery/events/state.py: Worker.__init__). */
const assumedEverySeconds = 60;
const heartbeatsKept = 4;

/** No event takes longer on its way. One that seems to have left earlier comes from another clock. */
const longestDeliverySeconds = 60;

/** One worker as its events left it; mutable, because heartbeats of a thousand workers pass through here. */
export class WorkerRecord {
  readonly hostname: string;
  /** The hostname's number in the interner, held as long as the record lives. */
  readonly textId: number;
  status: WorkerStatus = 'online';
  statusSince: number;
  lastSeenAt: number;
  lastHeartbeatAt: number | null = null;
  everySeconds = assumedEverySeconds;
  pid: number | null = null;
  clock = 0;
  active: number | null = null;
  processed: number | null = null;
  loadAverage: readonly number[] | null = null;
  ident: string | null = null;
  version: string | null = null;
  system: string | null = null;
  clockDriftSeconds: number | null = null;
  /** Of its tasks, not its heartbeats. */
  sendsTaskEvents: boolean | null = null;
  private heardSinceBeat = false;
  /** How many tasks it had begun at the last heartbeat. */
  private begunBefore: number | null = null;
  /** Since then it has begun one of which no event told. */
  private keptSilent = false;
  /** Celery's own list of signs of life, oldest first, in seconds (celery/events/state.py: Worker.event). */
  readonly heartbeats: number[] = [];
  /** When it said goodbye, by its own clock; what it sent before that does not bring it back. */
  saidGoodbyeAt = Number.NEGATIVE_INFINITY;
  /** The last `Worker` made of it is out of date. */
  isStale = true;
  private view: Worker | null = null;

  constructor(hostname: string, textId: number, receivedAt: number) {
    this.hostname = hostname;
    this.textId = textId;
    this.statusSince = receivedAt;
    this.lastSeenAt = receivedAt;
  }

  /** Takes over what a worker event tells; what it leaves out stays. */
  merge(event: CeleryEvent): void {
    const { freq, pid, clock, active, processed, loadavg, sw_ident, sw_ver, sw_sys } = event;
    if (isNumber(freq) && freq > 0) this.everySeconds = freq;
    if (pid !== undefined) this.pid = isNumber(pid) ? pid : null;
    if (isNumber(clock)) this.clock = clock;
    if (isNumber(processed)) this.noteBegun(processed);
    if (active !== undefined) this.active = isNumber(active) ? active : null;
    if (processed !== undefined) this.processed = isNumber(processed) ? processed : null;
    if (loadavg !== undefined) this.loadAverage = Array.isArray(loadavg) ? loadavg.filter(isNumber).slice(0, 3) : null;
    if (sw_ident !== undefined) this.ident = isText(sw_ident) ? sw_ident : null;
    if (sw_ver !== undefined) this.version = isText(sw_ver) ? sw_ver : null;
    if (sw_sys !== undefined) this.system = isText(sw_sys) ? sw_sys : null;
  }

  /** Answers whether people were told otherwise before. */
  hearTaskEvent(): boolean {
    const wasOff = this.sendsTaskEvents === false;
    this.heardSinceBeat = true;
    this.sendsTaskEvents = true;
    return wasOff;
  }

  /** What it began while we could not hear it is held against nobody. */
  forgiveSilence(): void {
    this.begunBefore = null;
    this.keptSilent = false;
  }

  /** The event of a task may come a moment after the heartbeat that counts it, but not after the next one too. */
  private noteBegun(begun: number): void {
    if (this.heardSinceBeat) this.keptSilent = false;
    else if (this.keptSilent) this.sendsTaskEvents = false;
    else this.keptSilent = this.begunBefore !== null && begun > this.begunBefore;
    this.heardSinceBeat = false;
    this.begunBefore = begun;
  }

  /** Mirrors the heartbeat list of celery/events/state.py: Worker.event: four at most, in order, duplicates and all. */
  addHeartbeat(seconds: number): void {
    const beats = this.heartbeats;
    if (beats.length >= heartbeatsKept) beats.shift();
    let at = beats.length;
    while (at > 0 && seconds < (beats[at - 1] ?? 0)) at--;
    if (at === beats.length) beats.push(seconds);
    else beats.splice(at, 0, seconds);
  }

  /**
   * Whether an event was sent after the goodbye. Celery lets every event bring a worker back; here those that were only
   * overtaken by the goodbye do not. The two may have been sent by different clocks, such as those of two machines or
   * before and after a correction: then their times say nothing, and what counts is that the event came later.
   */
  isAfterGoodbye(timestamp: number): boolean {
    return timestamp >= this.saidGoodbyeAt || timestamp < this.saidGoodbyeAt - longestDeliverySeconds;
  }

  setStatus(status: WorkerStatus, at: number): void {
    if (this.status === status) return;
    this.status = status;
    this.statusSince = at;
  }

  toWorker(): Worker {
    if (this.view !== null && !this.isStale) return this.view;
    const { ident, version, system } = this;
    const isSoftwareKnown = ident !== null || version !== null || system !== null;
    this.view = {
      hostname: this.hostname,
      status: this.status,
      statusSince: this.statusSince,
      lastSeenAt: this.lastSeenAt,
      lastHeartbeatAt: this.lastHeartbeatAt,
      heartbeatEverySeconds: this.everySeconds,
      pid: this.pid,
      active: this.active,
      processed: this.processed,
      loadAverage: this.loadAverage,
      software: isSoftwareKnown ? { ident: ident ?? '', version: version ?? '', system: system ?? '' } : null,
      sendsTaskEvents: this.sendsTaskEvents,
      clockDriftSeconds: this.clockDriftSeconds,
    };
    this.isStale = false;
    return this.view;
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === 'string';
