import * as v from 'valibot';
import type { AnswerPage, AnswerQuestion } from '../../api/answers.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { inspectWorkers } from '../../desk/inspectWorkers.ts';
import { peekQueue } from '../../desk/peekQueue.ts';
import { readAudit } from '../../desk/readAudit.ts';
import { readResult } from '../../desk/readResult.ts';
import { readWorker } from '../../desk/readWorker.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster, texts } from '../../requests/schemas.ts';
import { alertsPage } from '../../text/answers/alertsPage.ts';
import { auditPage } from '../../text/answers/auditPage.ts';
import { inspectPage } from '../../text/answers/inspectPage.ts';
import { MemorySamples } from '../../text/answers/memorySamples.ts';
import { peekPage } from '../../text/answers/peekPage.ts';
import { resultPage } from '../../text/answers/resultPage.ts';
import { workerPage } from '../../text/answers/workerPage.ts';

const alertsShown = 500;
const named = v.pipe(v.string(), v.nonEmpty());
const question = v.variant('kind', [
  v.object({
    kind: v.literal('inspect'),
    ...ofCluster,
    method: v.string(),
    words: texts,
    destination: v.nullable(texts),
    timeoutMs: v.exactOptional(v.pipe(v.number(), v.minValue(100), v.maxValue(60_000))),
  }),
  v.object({
    kind: v.literal('peek'),
    ...ofCluster,
    queue: named,
    limit: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(500)),
  }),
  v.object({ kind: v.literal('worker'), ...ofCluster, hostname: named }),
  v.object({ kind: v.literal('result'), ...ofCluster, id: named }),
  v.object({ kind: v.literal('audit'), ...ofCluster }),
  v.object({ kind: v.literal('alerts'), ...ofCluster }),
]);

/** Answers as pages for people. */
export const answersArea = (clusters: Clusters): Area<'answer'> => {
  const samples = new MemorySamples();
  return {
    schemas: { answer: question },
    handlers: { answer: (asked) => answer({ clusters, samples, now: Date.now() }, asked) },
  };
};

interface AnswerParts {
  readonly clusters: Clusters;
  readonly samples: MemorySamples;
  readonly now: number;
}

const answer = async ({ clusters, samples, now }: AnswerParts, asked: AnswerQuestion): Promise<AnswerPage> => {
  const { clusterId } = asked;
  const cluster = clusters.get(clusterId);
  const place = { clusterId, name: cluster.connection.name, now };
  // In columns and cut lines, names stand beside their values no more: what a page is made from is covered before.
  const shown = cluster.outlet.answer;
  switch (asked.kind) {
    case 'inspect':
      return inspectPage(place, { words: asked.words, ...(await inspectWorkers(cluster, asked)) }, samples);
    case 'peek': {
      const { queue, limit } = asked;
      const [known] = await cluster.operations.queueDepths([queue]);
      const depth = known ?? { name: queue, exists: false, ready: null, unacked: null, consumers: null };
      if (limit === 0) return peekPage(place, { queue, depth, messages: null, touched: null });
      const { messages, touched } = await peekQueue(cluster, queue, limit);
      return peekPage(place, { queue, depth, messages: shown(messages), touched });
    }
    case 'worker':
      return workerPage(place, await readWorker(cluster, asked.hostname));
    case 'result':
      return resultPage(place, shown(await readResult(cluster, asked.id)));
    case 'audit': {
      const { entries, isKept } = await readAudit(cluster);
      return auditPage(place, { entries: shown(entries), isKept });
    }
    case 'alerts':
      return alertsPage(place, shown(await cluster.health.past({ limit: alertsShown })));
    default:
      return asked satisfies never;
  }
};
