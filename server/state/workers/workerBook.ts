import type { Worker, WorkerStatus } from '../../api/model.ts';
import type { CeleryEvent } from '../../celery/event.ts';
import type { Interner } from '../names/interner.ts';
import { WorkerRecord } from './workerRecord.ts';

/** Beyond it the longest silent are forgotten: pods that come and go leave a new hostname each time. */
const workerLimit = 5000;
const forgetGoneAfterMs = 24 * 3600 * 1000;
/** A clock that leaps by more than this between two ticks means that we slept, not the workers. */
const leapMs = 10_000;
/** Allowance for a slow network on top of two missed heartbeats. */
const lateGraceMs = 1000;

export interface WorkerChanges {
  readonly changed: Worker[];
  readonly gone: string[];
}

/** Every worker ever heard of, and which of them changed since somebody last asked. */
export class WorkerBook {
  private readonly records = new Map<string, WorkerRecord>();
  private readonly views = new Map<string, Worker>();
  private readonly stale = new Set<WorkerRecord>();
  private readonly dirty = new Set<WorkerRecord>();
  private readonly gone = new Set<string>();
  private readonly interner: Interner;
  private readonly lostAfterMs: number;
  private lastTickAt: number;
  /** Until when we could not have heard anybody; silence counts from here. */
  private deafUntil: number;
  private lastHeard: WorkerRecord | null = null;
  online = 0;

  constructor(interner: Interner, lostAfterMs: number, startedAt: number) {
    this.interner = interner;
    this.lostAfterMs = lostAfterMs;
    this.lastTickAt = startedAt;
    this.deafUntil = startedAt;
  }

  get hasChanges(): boolean {
    return this.dirty.size > 0 || this.gone.size > 0;
  }

  /** `worker-online`, `-heartbeat`, `-offline` and any other of the group (celery/events/state.py: State._event). */
  applyWorkerEvent(subject: string, event: CeleryEvent, receivedAt: number, localReceived: number): void {
    const isOffline = subject === 'offline';
    const known = this.records.get(event.hostname);
    if (known === undefined && isOffline) return;
    const record = known ?? this.create(event.hostname, receivedAt);
    if (record.lastSeenAt < this.deafUntil) record.forgiveSilence();
    record.merge(event);
    record.lastSeenAt = Math.max(record.lastSeenAt, receivedAt);
    if (isOffline) {
      record.heartbeats.length = 0;
      record.saidGoodbyeAt = event.timestamp;
      this.move(record, 'offline', receivedAt);
    } else {
      if (localReceived !== 0 && event.timestamp !== 0) record.addHeartbeat(localReceived);
      record.lastHeartbeatAt = receivedAt;
      record.clockDriftSeconds = Math.round((localReceived - event.timestamp) * 1000) / 1000;
      // Whoever starts has come back, whatever its clock says.
      if (record.status !== 'online' && (subject === 'online' || record.isAfterGoodbye(event.timestamp)))
        this.move(record, 'online', receivedAt);
    }
    this.touch(record);
  }

  /**
   * A worker's task event is a sign of life too. Celery enters the event's own timestamp as the heartbeat
   * (celery/events/state.py: `worker.event(None, local_received, timestamp)` swaps the two on purpose or not).
   */
  hearTaskEvent(hostname: string, timestamp: number, receivedAt: number): WorkerRecord {
    let record = this.lastHeard;
    if (record === null || record.hostname !== hostname) {
      record = this.records.get(hostname) ?? this.create(hostname, receivedAt);
      this.lastHeard = record;
    }
    if (timestamp !== 0) record.addHeartbeat(timestamp);
    if (receivedAt > record.lastSeenAt) record.lastSeenAt = receivedAt;
    if (record.hearTaskEvent()) this.touch(record);
    if (record.status !== 'online' && timestamp !== record.saidGoodbyeAt && record.isAfterGoodbye(timestamp)) {
      this.move(record, 'online', receivedAt);
      this.touch(record);
    }
    return record;
  }

  /** Nothing could be heard until `at`: silence before that is not held against anybody. */
  noteDeafness(until: number): void {
    this.deafUntil = Math.max(this.deafUntil, until);
  }

  /** Ages the silent. Works at every rhythm; about once a second is right. */
  tick(now: number): void {
    if (now - this.lastTickAt > leapMs) this.noteDeafness(now);
    this.lastTickAt = now;
    for (const record of this.records.values()) {
      const status = this.statusAt(record, now);
      if (status !== record.status) {
        this.move(record, status, now);
        this.touch(record);
      } else if (status !== 'online' && status !== 'late' && now - record.statusSince > forgetGoneAfterMs) {
        this.forget(record.hostname);
      }
    }
    if (this.records.size > workerLimit) this.forgetLongestSilent();
  }

  private statusAt(record: WorkerRecord, now: number): WorkerStatus {
    if (record.status === 'offline') return 'offline';
    const silentMs = now - Math.max(record.lastSeenAt, this.deafUntil);
    // A worker that is lost stays so until it is heard, even when we could not have heard it for a while.
    if (record.status === 'lost' && record.lastSeenAt < this.deafUntil) return 'lost';
    const lateAfterMs = record.everySeconds * 2000 + lateGraceMs;
    if (silentMs > Math.max(this.lostAfterMs, lateAfterMs)) return 'lost';
    return silentMs > lateAfterMs || (record.status === 'late' && record.lastSeenAt < this.deafUntil)
      ? 'late'
      : 'online';
  }

  forget(hostname: string): void {
    const record = this.records.get(hostname);
    if (record === undefined) return;
    if (record.status === 'online') this.online--;
    this.records.delete(hostname);
    this.views.delete(hostname);
    this.stale.delete(record);
    this.dirty.delete(record);
    this.gone.add(hostname);
    this.interner.release(record.textId);
    if (this.lastHeard === record) this.lastHeard = null;
  }

  private forgetLongestSilent(): void {
    const bySilence = [...this.records.values()].sort((a, b) => a.lastSeenAt - b.lastSeenAt);
    for (const record of bySilence.slice(0, this.records.size - workerLimit)) this.forget(record.hostname);
  }

  takeChanges(): WorkerChanges {
    const changed = [...this.dirty].map((record) => record.toWorker());
    const gone = [...this.gone];
    this.dirty.clear();
    this.gone.clear();
    return { changed, gone };
  }

  /** A live map, brought up to date when asked for. */
  get workers(): ReadonlyMap<string, Worker> {
    for (const record of this.stale) this.views.set(record.hostname, record.toWorker());
    this.stale.clear();
    return this.views;
  }

  all(): IterableIterator<WorkerRecord> {
    return this.records.values();
  }

  private create(hostname: string, receivedAt: number): WorkerRecord {
    const record = new WorkerRecord(hostname, this.interner.acquire(hostname), receivedAt);
    this.records.set(hostname, record);
    this.gone.delete(hostname);
    this.online++;
    this.touch(record);
    return record;
  }

  private move(record: WorkerRecord, status: WorkerStatus, at: number): void {
    if (record.status === 'online') this.online--;
    if (status === 'online') this.online++;
    record.setStatus(status, at);
  }

  private touch(record: WorkerRecord): void {
    record.isStale = true;
    this.stale.add(record);
    this.dirty.add(record);
  }
}
