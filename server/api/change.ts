import type { FailureGroup } from './failures.ts';
import type { Alert, Verdict } from './health.ts';
import type { Beat, ClusterSnapshot, Counters, Gap, LinkState, Queue, SnapshotVersion, Worker } from './model.ts';
import type { WaitingSession } from './waiting.ts';

export type Change =
  | { readonly kind: 'link'; readonly link: LinkState }
  | { readonly kind: 'worker'; readonly worker: Worker }
  | { readonly kind: 'workerGone'; readonly hostname: string }
  | { readonly kind: 'beat'; readonly beat: Beat }
  | { readonly kind: 'beatGone'; readonly hostname: string }
  | { readonly kind: 'queue'; readonly queue: Queue }
  | { readonly kind: 'queueGone'; readonly name: string }
  | { readonly kind: 'counters'; readonly counters: Counters }
  | { readonly kind: 'gap'; readonly gap: Gap }
  | { readonly kind: 'failure'; readonly group: FailureGroup }
  | { readonly kind: 'failureGone'; readonly id: string }
  | { readonly kind: 'alert'; readonly alert: Alert }
  | { readonly kind: 'alertGone'; readonly id: string }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'waiting'; readonly session: WaitingSession }
  | { readonly kind: 'waitingGone'; readonly id: string };

/** Everything that changed between `version.number - 1` and `version`. */
export interface ChangeBatch {
  readonly clusterId: string;
  readonly version: SnapshotVersion;
  readonly changes: readonly Change[];
}

/** How many gaps a snapshot remembers. */
export const gapLimit = 100;

export const isNext = (at: SnapshotVersion, batch: ChangeBatch): boolean =>
  batch.version.epoch === at.epoch && batch.version.number === at.number + 1;

/** Leads a snapshot one batch on. Both sides use it, so the mirror cannot drift from the engine. */
export const applyChanges = (snapshot: ClusterSnapshot, batch: ChangeBatch): ClusterSnapshot => {
  let { link, counters, gaps, verdict } = snapshot;
  // Ten times a second thousands of queues are not copied for a batch that is about none of them.
  const kinds = new Set(batch.changes.map(({ kind }) => kind));
  const own = <T>(known: Readonly<Record<string, T>>, ...about: readonly Change['kind'][]): Record<string, T> =>
    about.some((kind) => kinds.has(kind)) ? { ...known } : known;
  const workers = own<Worker>(snapshot.workers, 'worker', 'workerGone');
  const beats = own<Beat>(snapshot.beats, 'beat', 'beatGone');
  const queues = own<Queue>(snapshot.queues, 'queue', 'queueGone');
  const failures = own<FailureGroup>(snapshot.failures, 'failure', 'failureGone');
  const alerts = own<Alert>(snapshot.alerts, 'alert', 'alertGone');
  const waiting = own<WaitingSession>(snapshot.waiting, 'waiting', 'waitingGone');
  for (const change of batch.changes) {
    switch (change.kind) {
      case 'link':
        link = change.link;
        break;
      case 'worker':
        workers[change.worker.hostname] = change.worker;
        break;
      case 'workerGone':
        delete workers[change.hostname];
        break;
      case 'beat':
        beats[change.beat.hostname] = change.beat;
        break;
      case 'beatGone':
        delete beats[change.hostname];
        break;
      case 'queue':
        queues[change.queue.name] = change.queue;
        break;
      case 'queueGone':
        delete queues[change.name];
        break;
      case 'counters':
        counters = change.counters;
        break;
      case 'gap':
        gaps = [...gaps, change.gap].slice(-gapLimit);
        break;
      case 'failure':
        failures[change.group.id] = change.group;
        break;
      case 'failureGone':
        delete failures[change.id];
        break;
      case 'alert':
        alerts[change.alert.id] = change.alert;
        break;
      case 'alertGone':
        delete alerts[change.id];
        break;
      case 'verdict':
        verdict = change.verdict;
        break;
      case 'waiting':
        waiting[change.session.id] = change.session;
        break;
      case 'waitingGone':
        delete waiting[change.id];
        break;
      default:
        change satisfies never;
    }
  }
  return {
    ...snapshot,
    version: batch.version,
    link,
    workers,
    beats,
    queues,
    counters,
    gaps,
    failures,
    alerts,
    verdict,
    waiting,
  };
};
