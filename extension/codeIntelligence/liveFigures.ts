import type { FailureGroup } from '../../server/api/failures.ts';
import { duration, percent } from '../../server/api/figures.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { TaskTypeFigures } from '../../server/api/workerDetail.ts';
import type { Parts } from '../parts.ts';

/** Figures are read, and whoever shows them hears of it, at most this often. */
const everyMs = 1_000;
/** Workers are asked which tasks they know; that seldom changes. */
const registeredEveryMs = 30_000;

/** What the active connection knows of a task. */
export interface LiveTask {
  readonly clusterId: string;
  readonly clusterName: string;
  /** Null: none of it has been seen within the last hour. */
  readonly figures: TaskTypeFigures | null;
  /** The failures of this task, the last one first. */
  readonly failures: readonly FailureGroup[];
}

interface Read {
  readonly clusterId: string;
  readonly at: number;
  readonly byName: ReadonlyMap<string, TaskTypeFigures>;
}

/** The figures of tasks on the active connection. They are read only while somebody asks for them. */
export class LiveFigures {
  private readonly parts: Pick<Parts, 'active' | 'backend' | 'log' | 'mirror'>;
  private readonly hearing = new Set<() => void>();
  private readonly listeners: readonly { dispose(): void }[];
  /** The tasks that somebody asked for, with what was answered. */
  private readonly asked = new Map<string, string>();
  private readonly registered = new Map<
    string,
    { at: number; workers: Promise<ReadonlyMap<string, readonly string[]>> }
  >();
  private read: Promise<Read | null> | null = null;
  private last: Read | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(parts: Pick<Parts, 'active' | 'backend' | 'log' | 'mirror'>) {
    this.parts = parts;
    this.listeners = [
      parts.mirror.onDidChange(({ clusterId, changes }) => {
        if (clusterId !== parts.active.clusterId) return;
        if (changes === null || changes.some(({ kind }) => kind === 'link')) this.report();
        else this.lookSoon();
      }),
      parts.active.onDidChange(() => this.report()),
    ];
  }

  /** Called when what somebody asked for is another. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.hearing.add(listener);
    return { dispose: () => this.hearing.delete(listener) };
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of this.listeners.toReversed()) each.dispose();
  }

  /** Null: there is no live connection. */
  async of(taskName: string): Promise<LiveTask | null> {
    const read = await this.current();
    this.asked.set(taskName, this.shownOf(taskName));
    const snapshot = this.parts.active.snapshot;
    if (!read || !snapshot || snapshot.clusterId !== read.clusterId) return null;
    const { clusterId, name: clusterName } = snapshot;
    const figures = read.byName.get(taskName) ?? null;
    return { clusterId, clusterName, figures, failures: failuresOf(snapshot, taskName) };
  }

  /** The workers that say they know a task; null: they could not be asked. */
  async workersOf(clusterId: string, taskName: string): Promise<readonly string[] | null> {
    const now = Date.now();
    let known = this.registered.get(clusterId);
    if (!known || now - known.at > registeredEveryMs) {
      known = { at: now, workers: this.askWorkers(clusterId) };
      this.registered.set(clusterId, known);
    }
    try {
      return (await known.workers).get(taskName) ?? [];
    } catch {
      this.registered.delete(clusterId);
      return null;
    }
  }

  private async askWorkers(clusterId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const tasks = await this.parts.backend.request(requests.registeredTasks, { clusterId });
    return new Map(tasks.map(({ name, workers }) => [name, workers]));
  }

  private current(): Promise<Read | null> {
    const { snapshot } = this.parts.active;
    if (snapshot?.link.kind !== 'live') return Promise.resolve(null);
    if (this.last?.clusterId === snapshot.clusterId && Date.now() - this.last.at < everyMs)
      return Promise.resolve(this.last);
    this.read ??= this.ask(snapshot.clusterId);
    return this.read;
  }

  private async ask(clusterId: string): Promise<Read | null> {
    try {
      const types = await this.parts.backend.request(requests.taskTypes, { clusterId });
      this.last = { clusterId, at: Date.now(), byName: new Map(types.map((each) => [each.name, each])) };
      return this.last;
    } catch (error) {
      this.parts.log.error('The figures of tasks could not be read.', error);
      return null;
    } finally {
      this.read = null;
    }
  }

  private report(): void {
    for (const listener of this.hearing) listener();
  }

  /** Nobody asked since the last change: nothing is read until somebody does. */
  private lookSoon(): void {
    if (this.timer !== undefined || this.asked.size === 0) return;
    this.timer = setTimeout(() => void this.look(), everyMs);
  }

  private async look(): Promise<void> {
    await this.current();
    this.timer = undefined;
    if ([...this.asked].every(([name, shown]) => this.shownOf(name) === shown)) return;
    this.asked.clear();
    this.report();
  }

  /** What is shown of a task, to see whether it is another. */
  private shownOf(name: string): string {
    const { snapshot } = this.parts.active;
    const failures = snapshot ? failuresOf(snapshot, name).map(({ id, count }) => [id, count]) : [];
    return JSON.stringify([
      snapshot?.clusterId,
      snapshot?.link.kind,
      figuresShown(this.last?.byName.get(name)),
      failures,
    ]);
  }
}

/** The failures of a task, the last one first. */
export const failuresOf = ({ failures }: ClusterSnapshot, taskName: string): readonly FailureGroup[] =>
  Object.values(failures)
    .filter((group) => group.taskName === taskName)
    .sort((a, b) => b.lastSeenAt - a.lastSeenAt);

const figuresShown = (figures: TaskTypeFigures | undefined): unknown =>
  figures && [
    figures.p95Seconds === null ? null : duration(figures.p95Seconds),
    figures.failureRate === null ? null : percent(figures.failureRate),
    figures.waiting,
    figures.running,
  ];
