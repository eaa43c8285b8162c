import type { StatusView } from './statusView.ts';

/** The status for programs: the engine's own names; times are milliseconds since 1970. */
export const statusJson = ({ snapshot, queues, types, workers, now }: StatusView) => {
  const statsOf = new Map(workers.map((group) => [group.name, group]));
  return {
    at: now,
    broker: { url: snapshot.maskedUrl, kind: snapshot.brokerKind, link: snapshot.link },
    health: snapshot.verdict,
    workers: Object.fromEntries(
      Object.entries(snapshot.workers).map(([hostname, worker]) => [
        hostname,
        { ...worker, stats: statsOf.get(hostname) ?? null },
      ]),
    ),
    beats: Object.values(snapshot.beats),
    queues,
    types,
    counters: snapshot.counters,
    gaps: snapshot.gaps,
    waiting: Object.values(snapshot.waiting),
  };
};
