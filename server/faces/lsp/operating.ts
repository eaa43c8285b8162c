import type { Clusters } from '../../cluster/clusters.ts';
import { answersArea } from './answers.ts';
import { controlArea } from './control.ts';
import { debuggingArea } from './debugging.ts';
import { queuesArea } from './queues.ts';
import { resultsArea } from './results.ts';
import { sendTaskArea } from './sendTask.ts';
import { threadsArea } from './threads.ts';
import { workersArea } from './workers.ts';

/** Everything that people ask of a cluster and do to it. */
export const operatingArea = (clusters: Clusters) => {
  const answers = answersArea(clusters);
  const control = controlArea(clusters);
  const queues = queuesArea(clusters);
  const sending = sendTaskArea(clusters);
  const results = resultsArea(clusters);
  const debugging = debuggingArea(clusters);
  const threads = threadsArea(clusters);
  return {
    schemas: {
      ...answers.schemas,
      ...workersArea.schemas,
      ...control.schemas,
      ...queues.schemas,
      ...sending.schemas,
      ...results.schemas,
      ...debugging.schemas,
      ...threads.schemas,
    },
    handlers: {
      ...answers.handlers,
      ...workersArea.handlers,
      ...control.handlers,
      ...queues.handlers,
      ...sending.handlers,
      ...results.handlers,
      ...debugging.handlers,
      ...threads.handlers,
    },
  };
};
