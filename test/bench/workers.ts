import { setTimeout as wait } from 'node:timers/promises';
import { applyChanges, type ChangeBatch } from '../../server/api/change.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { type BenchContext, startFed } from './context.ts';
import { startNodeSubject } from './nodeSubject.ts';
import { heartbeat, type Publisher } from './publisher.ts';
import { median, megabytes } from './report.ts';

const workers = 1_000;
const heartbeatMs = 2_000;
const sliceMs = 20;
const batchesTarget = 10;
/** Until every worker has been heard, and V8 has settled. */
const warmUpSeconds = 6;

const hostnames = Array.from({ length: workers }, (_, index) => `celery@pod-${String(index).padStart(4, '0')}.example`);

/** A thousand workers that do nothing but beat: what does their mere presence cost, and is it steady? */
export const benchWorkers = async (context: BenchContext): Promise<void> => {
  const seconds = context.quick ? 8 : 20;
  context.say(`workers: ${workers} of them, for ${warmUpSeconds + seconds} s`);
  const view = new View();
  const fed = await startFed(await context.redis(), 100_000, (target) =>
    startNodeSubject('Celeriac', 'engineSubject.ts', {
      target,
      profileFolder: context.profileFolder,
      onBatch: (batch) => view.take(batch),
    }),
  );
  const hearts = new Hearts(fed.publisher);
  try {
    hearts.start();
    await wait(warmUpSeconds * 1000);
    view.begin();
    const before = await fed.subject.usage();
    const since = performance.now();
    const resident: number[] = [];
    while (performance.now() - since < seconds * 1000) {
      await wait(1000);
      resident.push((await fed.subject.usage()).residentBytes);
    }
    const after = await fed.subject.usage();
    const cpuShare = (after.cpuSeconds - before.cpuSeconds) / ((performance.now() - since) / 1000);
    reportAll(context, view, cpuShare, resident);
  } finally {
    await hearts.stop();
    await fed.close();
  }
};

const reportAll = ({ report }: BenchContext, view: View, cpuShare: number, resident: readonly number[]): void => {
  const third = Math.max(1, Math.floor(resident.length / 3));
  const growth = median(resident.slice(-third)) - median(resident.slice(0, third));
  const figures = { workers, cpuShare, batches: view.arrivals.length, fewestOnline: view.fewestOnline, resident };
  const busiest = view.busiestSecond();
  const line = { bench: 'workers', figures };
  report({
    ...line,
    what: `${workers} workers beating every 2 s: batches of the feed in its busiest second`,
    measured: `${busiest}`,
    target: `<= ${batchesTarget}`,
    reached: busiest <= batchesTarget,
  });
  report({
    ...line,
    what: `${workers} workers: fewest online at any time, as a mirror of the feed sees them`,
    measured: `${view.fewestOnline}`,
    target: `${workers}`,
    reached: view.fewestOnline === workers,
  });
  report({
    ...line,
    what: `${workers} workers: share of one CPU; growth of memory over the run`,
    measured: `${(cpuShare * 100).toFixed(1)} %; ${megabytes(growth)} MB of ${megabytes(median(resident))} MB`,
    target: 'growth <= 10 MB',
    reached: growth <= 10e6,
  });
};

/** What a client of the feed sees: the same mirror as the extension's. */
class View {
  readonly arrivals: number[] = [];
  fewestOnline = Number.POSITIVE_INFINITY;
  #snapshot: ClusterSnapshot = emptySnapshot;
  #watching = false;

  take(batch: ChangeBatch): void {
    this.#snapshot = applyChanges(this.#snapshot, batch);
    if (!this.#watching) return;
    this.arrivals.push(performance.now());
    const online = Object.values(this.#snapshot.workers).filter((worker) => worker.status === 'online');
    this.fewestOnline = Math.min(
      this.fewestOnline,
      online.filter((worker) => worker.hostname !== 'probe@bench').length,
    );
  }

  begin(): void {
    this.#watching = true;
  }

  busiestSecond(): number {
    let most = 0;
    for (let first = 0, last = 0; last < this.arrivals.length; last++) {
      while ((this.arrivals[last] ?? 0) - (this.arrivals[first] ?? 0) >= 1000) first++;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}

const emptySnapshot: ClusterSnapshot = {
  clusterId: 'bench',
  version: { epoch: 'bench', number: 0 },
  name: 'bench',
  maskedUrl: '',
  brokerKind: 'redis',
  link: { kind: 'disconnected' },
  workers: {},
  beats: {},
  queues: {},
  counters: {
    events: 0,
    invalid: 0,
    lost: 0,
    uncountedLosses: 0,
    gaps: { disconnected: { count: 0, seconds: 0 }, discarded: { count: 0, seconds: 0 } },
    evicted: 0,
    tasks: 0,
    backlog: 0,
    lastEventAt: null,
    invalidByReason: {},
    listenerErrors: {},
    stores: {},
  },
  gaps: [],
  environment: 'dev',
  isReadOnly: false,
  failures: {},
  alerts: {},
  verdict: { level: 'unknown', state: 'collecting', since: 0, reasons: [] },
  waiting: {},
};

/** Spreads the heartbeats evenly over their period, and keeps that pace whatever a timer does. */
class Hearts {
  readonly #publisher: Publisher;
  #beats = 0;
  #stopped = false;
  #life: Promise<void> | null = null;

  constructor(publisher: Publisher) {
    this.#publisher = publisher;
  }

  start(): void {
    this.#life ??= this.#beat();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#life;
  }

  async #beat(): Promise<void> {
    const startedAt = performance.now();
    while (!this.#stopped) {
      const due = Math.floor(((performance.now() - startedAt) / heartbeatMs) * workers);
      const messages = [];
      for (; this.#beats < due; this.#beats++) {
        messages.push(heartbeat(hostnames[this.#beats % workers] ?? '', this.#beats + 1));
      }
      if (messages.length > 0) await this.#publisher.prepare(messages)();
      await wait(sliceMs);
    }
  }
}
