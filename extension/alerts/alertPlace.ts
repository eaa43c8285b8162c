import type { AlertOfCluster } from './alertsOf.ts';

/** Where an alert leads: the fields of the row that it is about. */
export const alertPlace = ({ cluster, alert }: AlertOfCluster): Readonly<Record<string, string>> => {
  const { clusterId } = cluster;
  const { kind, name } = alert.subject;
  switch (kind) {
    case 'worker':
      return { clusterId, hostname: name };
    case 'queue':
      return { clusterId, queueName: name };
    case 'taskType':
      return { clusterId, taskName: name };
    case 'task':
      return { clusterId, taskId: name };
    case 'cluster':
    case 'broker':
      return { clusterId };
    default:
      return kind satisfies never;
  }
};
