import type { RowTarget } from '../commands/rowTarget.ts';

/** The lists below a worker. */
export type HoldingKind = 'active' | 'reserved' | 'scheduled' | 'queues' | 'processes';

/** What a connection says about itself in a row of its own. */
export type TroubleKind = 'lost' | 'blocked' | 'eventsOff' | 'noHeartbeats' | 'silentMailboxes' | 'eventsLost';

/** What a row of each kind names, besides its connection. */
interface Subjects {
  readonly unusable: unknown;
  readonly connection: unknown;
  readonly trouble: { readonly trouble: TroubleKind };
  readonly workers: unknown;
  readonly workerGroup: { readonly group: string };
  readonly worker: { readonly hostname: string };
  /** A scheduler that can be asked whether it is alive. */
  readonly beat: { readonly hostname: string };
  readonly holding: { readonly hostname: string; readonly list: HoldingKind };
  readonly note: { readonly hostname: string; readonly list: HoldingKind | null };
  readonly task: {
    readonly hostname: string;
    readonly list: HoldingKind;
    readonly taskId: string;
    readonly taskName: string | null;
  };
  readonly process: { readonly hostname: string; readonly pid: number };
  readonly consumed: { readonly hostname: string; readonly queueName: string };
  readonly queues: unknown;
  readonly emptyQueues: unknown;
  readonly queue: { readonly queueName: string };
  readonly taskTypes: unknown;
  readonly taskType: { readonly taskName: string };
  /** Stands for the rows of `parentId` that are not shown; `step` of them come next, none when it is 0. */
  readonly more: { readonly parentId: string; readonly hidden: number; readonly step: number };
}

type Kind = keyof Subjects;

/** A row of the Clusters view. */
export type ClusterNode<K extends Kind = Kind> = {
  readonly [L in K]: { readonly kind: L; readonly clusterId: string } & Subjects[L];
}[K];

/** The row for what a command, an alert or a page is about; null: it names no connection. */
export const nodeOfTarget = ({ clusterId, hostname, queueName, taskName }: RowTarget): ClusterNode | null => {
  if (clusterId === null) return null;
  if (hostname !== null) return { kind: 'worker', clusterId, hostname };
  if (queueName !== null) return { kind: 'queue', clusterId, queueName };
  return taskName === null ? { kind: 'connection', clusterId } : { kind: 'taskType', clusterId, taskName };
};
