import type { Queue } from '../../api/model.ts';
import type { CeleryEvent } from '../../celery/event.ts';
import { isRecord } from '../../celery/isRecord.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { createVocabulary } from '../../metrics/createVocabulary.ts';
import type { GenericHostnames } from '../../metrics/exporterVocabulary.ts';
import type { Family } from '../../metrics/exposition.ts';
import type { Vocabulary } from '../../metrics/vocabulary.ts';
import type { VocabularyName } from '../../metrics/vocabularyNames.ts';
import { processFamilies } from './processFamilies.ts';

const poolSizesEveryMs = 30_000;
const poolSizesWithinMs = 1_500;

/** Counts what happens as it happens, and tells it when it is scraped. */
export class Metrics {
  private readonly vocabulary: Vocabulary;
  private readonly now: () => number;
  private readonly asksPoolSizes: boolean;
  private readonly defects: { readonly rejections: number };
  private onlyQueues: ReadonlyMap<string, string | null> = new Map();
  private poolSizes: ReadonlyMap<string, number> = new Map();
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    name: VocabularyName,
    maxSeries: number,
    now: () => number,
    defects: { readonly rejections: number },
    generic: GenericHostnames = {},
  ) {
    this.defects = defects;
    this.vocabulary = createVocabulary(name, maxSeries, generic);
    this.asksPoolSizes = name === 'celery-exporter';
    this.now = now;
  }

  note(event: CeleryEvent, cluster: Cluster): void {
    const { uuid } = event;
    if (!event.type.startsWith('task-') || typeof uuid !== 'string') return;
    const labels = cluster.state.tasks.labels(uuid);
    if (!labels) return;
    const queue = labels.queue ?? this.onlyQueues.get(labels.worker ?? '') ?? null;
    this.vocabulary.note(event, queue === labels.queue ? labels : { ...labels, queue });
  }

  /** A worker's events do not name the queue; where it consumes a single one, it can be no other. */
  noteQueues(queues: Iterable<Queue>): void {
    const only = new Map<string, string | null>();
    for (const { name, workers } of queues)
      for (const worker of workers) only.set(worker, only.has(worker) ? null : name);
    this.onlyQueues = only;
  }

  families(cluster: Cluster): readonly Family[] {
    if (this.asksPoolSizes) this.refreshPoolSizes(cluster);
    const { link, workers, queues, counters, alerts, verdict } = cluster.snapshot();
    const view = {
      now: this.now(),
      link,
      workers: Object.values(workers),
      queues: Object.values(queues),
      counters,
      alerts: Object.values(alerts),
      verdict,
      poolSizes: this.poolSizes,
    };
    return [...this.vocabulary.families(view), ...processFamilies(this.defects.rejections)];
  }

  /** Asked of the workers now and then; the scrape does not wait for them and shows what they said the last time. */
  private refreshPoolSizes(cluster: Cluster): void {
    if (this.now() - this.askedAt < poolSizesEveryMs || cluster.snapshot().link.kind !== 'live') return;
    this.askedAt = this.now();
    cluster.operations.inspect({ method: 'stats', arguments: {}, timeoutMs: poolSizesWithinMs }).then(
      ({ replies }) => {
        this.poolSizes = new Map(
          replies.flatMap((reply) => (reply.kind === 'answered' ? [[reply.hostname, processesIn(reply.value)]] : [])),
        );
      },
      () => undefined,
    );
  }
}

const processesIn = (stats: unknown): number => {
  const pool = isRecord(stats) ? stats['pool'] : null;
  const processes = isRecord(pool) ? pool['processes'] : null;
  return Array.isArray(processes) ? processes.length : 0;
};
