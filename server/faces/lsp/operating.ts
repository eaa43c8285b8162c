import type { Clusters } from '../../cluster/clusters.ts';
import { controlArea } from './control.ts';
import { queuesArea } from './queues.ts';
import { sendTaskArea } from './sendTask.ts';
import { workersArea } from './workers.ts';

/** Everything that people ask of a cluster and do to it. */
export const operatingArea = (clusters: Clusters) => {
  const areas = [workersArea(clusters), controlArea(clusters), queuesArea(clusters), sendTaskArea(clusters)] as const;
  const [workers, control, queues, sending] = areas;
  return {
    schemas: { ...workers.schemas, ...control.schemas, ...queues.schemas, ...sending.schemas },
    handlers: { ...workers.handlers, ...control.handlers, ...queues.handlers, ...sending.handlers },
  };
};
