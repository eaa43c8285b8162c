import * as v from 'valibot';
import type { Clusters } from '../../cluster/clusters.ts';
import type { Area } from '../../requests/area.ts';
import { healthRules, ofCluster, texts, time } from '../../requests/schemas.ts';

type Names =
  | 'failureOccurrences'
  | 'markFailuresSeen'
  | 'muteFailures'
  | 'acknowledgeAlert'
  | 'muteAlert'
  | 'setHealthRules';

const mute = v.variant('kind', [
  v.object({ kind: v.literal('until'), at: time }),
  v.object({ kind: v.literal('change') }),
  v.object({ kind: v.literal('forever') }),
]);

const ofAlert = { ...ofCluster, alertId: v.string() };

/** What is wrong with a cluster: failures in groups, alerts, and what people say to them. */
export const healthArea = (clusters: Clusters): Area<Names> => ({
  schemas: {
    failureOccurrences: v.object({
      ...ofCluster,
      failureId: v.string(),
      limit: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200))),
      cursor: v.exactOptional(v.string()),
    }),
    markFailuresSeen: v.object({ ...ofCluster, failureIds: v.nullable(texts) }),
    muteFailures: v.object({ ...ofCluster, failureIds: texts, mute: v.nullable(mute) }),
    acknowledgeAlert: v.object(ofAlert),
    muteAlert: v.object({ ...ofAlert, until: v.nullable(time) }),
    setHealthRules: v.object({ ...ofCluster, rules: healthRules }),
  },
  handlers: {
    failureOccurrences: async ({ clusterId, failureId, limit, cursor }) =>
      clusters.get(clusterId).failures.occurrences(failureId, limit, cursor),
    markFailuresSeen: async ({ clusterId, failureIds }) => {
      clusters.get(clusterId).failures.markSeen(failureIds);
      return null;
    },
    muteFailures: async ({ clusterId, failureIds, mute }) => {
      clusters.get(clusterId).failures.mute(failureIds, mute);
      return null;
    },
    acknowledgeAlert: async ({ clusterId, alertId }) => {
      clusters.get(clusterId).health.acknowledge(alertId);
      return null;
    },
    muteAlert: async ({ clusterId, alertId, until }) => {
      clusters.get(clusterId).health.mute(alertId, until);
      return null;
    },
    setHealthRules: async ({ clusterId, rules }) => {
      clusters.get(clusterId).health.setRules(rules);
      return null;
    },
  },
});
