import type { Change, ChangeBatch } from '../api/change.ts';
import type { SnapshotVersion } from '../api/model.ts';
import type { Guard } from './guard.ts';

const urgentMs = 100;
const lazyMs = 1_000;
/** How often what nobody listens to is let go of. */
const letGoMs = 60_000;

/**
 * Numbers and coalesces what changed: at most ten batches a second, and one a second while only counters move. Without
 * a listener it lets go of it now and then.
 */
export class Feed {
  private readonly clusterId: string;
  private readonly epoch: string;
  private readonly collect: () => Change[];
  private readonly guard: Guard;
  private listener: ((batch: ChangeBatch) => void) | null = null;
  private number = 0;
  private timer: NodeJS.Timeout | null = null;
  private timerIsUrgent = false;
  private letGoAt = 0;

  constructor(clusterId: string, epoch: string, collect: () => Change[], guard: Guard) {
    this.clusterId = clusterId;
    this.epoch = epoch;
    this.collect = collect;
    this.guard = guard;
  }

  get version(): SnapshotVersion {
    return { epoch: this.epoch, number: this.number };
  }

  get hasListener(): boolean {
    return this.listener !== null;
  }

  listen(listener: (batch: ChangeBatch) => void): () => void {
    this.listener = listener;
    return () => {
      if (this.listener !== listener) return;
      this.listener = null;
      this.cancel();
    };
  }

  /** Something changed that people watch (`urgent`), or something only counted. */
  touch(urgency: 'urgent' | 'lazy'): void {
    const urgent = urgency === 'urgent';
    if (!this.listener || (this.timer && (this.timerIsUrgent || !urgent))) return;
    this.cancel();
    this.timerIsUrgent = urgent;
    this.timer = setTimeout(() => this.guard.run('changes', () => this.flush()), urgent ? urgentMs : lazyMs);
  }

  /**
   * About once a second. The books note who is gone until somebody asks, also where nobody listens; whoever begins to
   * listen later starts with a snapshot.
   */
  tick(now: number): void {
    if (this.listener || now - this.letGoAt < letGoMs) return;
    this.letGoAt = now;
    this.flush();
  }

  /** Sends what is pending now; a snapshot taken right after it has the same version. */
  flush(): void {
    this.cancel();
    const changes = this.collect();
    if (changes.length === 0) return;
    this.number += 1;
    const batch = { clusterId: this.clusterId, version: this.version, changes };
    this.guard.run('changes', () => this.listener?.(batch));
  }

  private cancel(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
