import * as v from 'valibot';
import { CeleriacError } from '../../api/errors.ts';
import { phrase } from '../../api/phrase.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { peekQueue } from '../../desk/peekQueue.ts';
import { purgeQueue } from '../../desk/purgeQueue.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster } from '../../requests/schemas.ts';

const ofQueue = v.object({ ...ofCluster, queue: v.pipe(v.string(), v.nonEmpty()) });

/** One queue: how full it is, and what is done to it. */
export const queuesArea = (clusters: Clusters): Area<'queueDepth' | 'purgeQueue' | 'peekQueue' | 'peekingTouches'> => ({
  schemas: {
    queueDepth: ofQueue,
    purgeQueue: ofQueue,
    peekQueue: v.object({ ...ofQueue.entries, limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)) }),
    peekingTouches: v.object(ofCluster),
  },
  handlers: {
    queueDepth: async ({ clusterId, queue }) => {
      const [depth] = await clusters.get(clusterId).operations.queueDepths([queue]);
      if (depth) return depth;
      throw new CeleriacError('internal', phrase('queue.unreported', { queue }));
    },
    peekQueue: ({ clusterId, queue, limit }) => peekQueue(clusters.get(clusterId), queue, limit),
    peekingTouches: async ({ clusterId }) => clusters.get(clusterId).operations.peekingTouches,
    purgeQueue: async ({ clusterId, queue }) => ({ deleted: await purgeQueue(clusters.get(clusterId), queue) }),
  },
});
