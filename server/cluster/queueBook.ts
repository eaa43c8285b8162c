import type { Queue, QueueDepth } from '../api/model.ts';
import { QueueSeries } from '../state/figures/queueSeries.ts';

interface Sample {
  readonly at: number;
  readonly ready: number;
}

const windowMs = 60_000;
/** Whoever mirrors a queue learns within this time that it was read again, even if its figures are the same. */
const reportsAgainAfterMs = 15_000;

/** What is known of each queue: its last depth, how that grows, and who consumes it. Pure; time comes in. */
export class QueueBook {
  private readonly queues = new Map<string, Queue>();
  private readonly samples = new Map<string, Sample[]>();
  private readonly consumers = new Map<string, Set<string>>();
  /** Who has ever said what it consumes. */
  private readonly told = new Set<string>();
  private readonly changed = new Set<string>();
  private readonly reportedAt = new Map<string, number>();
  private readonly gone = new Set<string>();
  readonly series = new QueueSeries();

  get all(): ReadonlyMap<string, Queue> {
    return this.queues;
  }

  /** Every queue that was ever asked about or that a worker consumes. */
  get names(): readonly string[] {
    const consumed = [...this.consumers].filter(([, workers]) => workers.size > 0).map(([name]) => name);
    return [...new Set([...this.queues.keys(), ...consumed])];
  }

  get hasChanges(): boolean {
    return this.changed.size > 0 || this.gone.size > 0;
  }

  /** The queues that a worker says it consumes, in place of what it said before. */
  noteConsumer(hostname: string, names: readonly string[]): void {
    this.told.add(hostname);
    for (const workers of this.consumers.values()) workers.delete(hostname);
    for (const name of names) {
      const workers = this.consumers.get(name) ?? new Set();
      workers.add(hostname);
      this.consumers.set(name, workers);
    }
  }

  hasReported(hostname: string): boolean {
    return this.told.has(hostname);
  }

  /** Workers that are gone consume nothing any more, whatever they said last. */
  forgetConsumers(isGone: (hostname: string) => boolean): void {
    for (const hostname of this.told) if (isGone(hostname)) this.told.delete(hostname);
    for (const [queue, workers] of this.consumers) {
      for (const hostname of workers) if (isGone(hostname)) workers.delete(hostname);
      if (workers.size === 0) this.consumers.delete(queue);
    }
  }

  note(depths: readonly QueueDepth[], at: number): void {
    for (const depth of depths) {
      if (depth.ready !== null) this.series.note(depth.name, depth.ready, at);
      const workers = [...(this.consumers.get(depth.name) ?? [])].sort();
      if (!depth.exists && workers.length === 0) this.forget(depth.name);
      else this.put({ ...depth, updatedAt: at, ...this.pace(depth, at), workers });
    }
  }

  takeChanges(): { readonly changed: Queue[]; readonly gone: string[] } {
    const changed = [...this.changed].flatMap((name) => this.queues.get(name) ?? []);
    for (const { name, updatedAt } of changed) this.reportedAt.set(name, updatedAt);
    const gone = [...this.gone];
    this.changed.clear();
    this.gone.clear();
    return { changed, gone };
  }

  private put(queue: Queue): void {
    const before = this.queues.get(queue.name);
    this.queues.set(queue.name, queue);
    this.gone.delete(queue.name);
    const reportedAt = this.reportedAt.get(queue.name) ?? Number.NEGATIVE_INFINITY;
    const isLongAgo = queue.updatedAt - reportedAt >= reportsAgainAfterMs;
    if (!before || isLongAgo || !sameFigures(before, queue)) this.changed.add(queue.name);
  }

  private forget(name: string): void {
    this.samples.delete(name);
    this.reportedAt.delete(name);
    if (!this.queues.delete(name)) return;
    this.changed.delete(name);
    this.gone.add(name);
  }

  private pace(depth: QueueDepth, at: number): Pick<Queue, 'growthPerSecond' | 'drainSeconds'> {
    if (depth.ready === null) return { growthPerSecond: null, drainSeconds: null };
    const samples = [...(this.samples.get(depth.name) ?? []), { at, ready: depth.ready }];
    while (samples.length > 2 && at - (samples[1]?.at ?? at) >= windowMs) samples.shift();
    this.samples.set(depth.name, samples);
    const [first] = samples;
    if (!first || first.at === at) return { growthPerSecond: null, drainSeconds: null };
    const growthPerSecond = (depth.ready - first.ready) / ((at - first.at) / 1_000);
    const drainSeconds = growthPerSecond < 0 ? depth.ready / -growthPerSecond : null;
    return { growthPerSecond, drainSeconds };
  }
}

/** Whether a row would look the same, but for its age. */
const sameFigures = (a: Queue, b: Queue): boolean =>
  JSON.stringify({ ...a, updatedAt: 0 }) === JSON.stringify({ ...b, updatedAt: 0 });
