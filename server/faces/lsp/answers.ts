import * as v from 'valibot';
import type { AnswerPage, AnswerQuestion } from '../../api/answers.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster, texts } from '../../requests/schemas.ts';
import { inspectAnswer } from '../../text/answers/inspectAnswer.ts';
import { MemorySamples } from '../../text/answers/memorySamples.ts';
import { auditAnswer, peekAnswer, resultAnswer } from '../../text/answers/otherAnswers.ts';

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
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
  }),
  v.object({ kind: v.literal('result'), ...ofCluster, id: named }),
  v.object({ kind: v.literal('audit'), ...ofCluster }),
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

const answer = ({ clusters, samples, now }: AnswerParts, asked: AnswerQuestion): Promise<AnswerPage> => {
  const place = { cluster: clusters.get(asked.clusterId), now };
  switch (asked.kind) {
    case 'inspect':
      return inspectAnswer(place, asked, samples);
    case 'peek':
      return peekAnswer(place, asked.queue, asked.limit);
    case 'result':
      return resultAnswer(place, asked.id);
    case 'audit':
      return auditAnswer(place);
    default:
      return asked satisfies never;
  }
};
