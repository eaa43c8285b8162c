import type { FailureGroup } from './failures.ts';
import type { Alert, HealthRuleSettings, Verdict } from './health.ts';
import type { Phrase, Worded } from './phrase.ts';
import type { WaitingSession } from './waiting.ts';

/** What the engine shows of one Celery cluster. Times are milliseconds since 1970 by the engine's own clock. */

export type BrokerKind = 'redis' | 'amqp' | 'filesystem';

/** What a cluster is for; what changes production asks twice. */
export type Environment = 'dev' | 'staging' | 'prod';

/** Where a cluster is and how to speak to it. Holds no secret except inside `url`, which never leaves the two processes. */
export interface ConnectionConfig {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Celery's `broker_transport_options`. */
  readonly transportOptions: Readonly<Record<string, unknown>>;
  /** Celery's `broker_use_ssl`: file names of the CA and the client certificate, and whether to verify. */
  readonly tls?: TlsOptions;
  /** Celery's `result_backend`; left out: none is known, and results cannot be read. */
  readonly resultBackend?: string;
  /** Left out: dev. */
  readonly environment?: Environment;
  /** Whether everything is refused that would change the cluster; left out: no. */
  readonly isReadOnly?: boolean;
  /** How long a worker may be silent before it counts as lost. */
  readonly workerLostAfterMs: number;
  /** How many tasks are remembered. */
  readonly maxTasks: number;
  /** How often the queues are read while somebody looks; left out: only when asked. */
  readonly refreshIntervalMs?: number;
  /** Names whose values are not shown (`*` stands for anything); left out: the usual ones. */
  readonly redactPatterns?: readonly string[];
  /** How many days of tasks and figures are kept on disk, where a history is; left out: 7. */
  readonly historyDays?: number;
  /** By the rule's name; left out: the rules' own figures. */
  readonly healthRules?: HealthRuleSettings;
}

export interface TlsOptions {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly verify?: boolean;
}

/** The life of the connection to a broker. */
export type LinkState =
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'connecting'; readonly attempt: number; readonly since: number }
  | {
      readonly kind: 'live';
      readonly since: number;
      readonly server: ServerInfo;
      /** Why the broker accepts no messages at present, if it reported that. */
      readonly blocked: Worded | null;
    }
  | {
      readonly kind: 'lost';
      readonly since: number;
      readonly retryAt: number;
      readonly attempt: number;
      readonly reason: LinkFailure;
    };

export interface ServerInfo {
  readonly product: string;
  readonly version: string | null;
}

export interface LinkFailure {
  readonly code: string;
  readonly sentence: string;
  /** Left out where the sentence is not ours. */
  readonly phrase?: Phrase;
}

/**
 * `online`: heard of in time. `late`: silent for longer than its own rhythm allows. `lost`: silent for longer than the
 * grace. `offline`: it said goodbye.
 */
export type WorkerStatus = 'online' | 'late' | 'lost' | 'offline';

export interface Worker {
  readonly hostname: string;
  readonly status: WorkerStatus;
  /** Since when `status` holds. */
  readonly statusSince: number;
  /** When anything was last heard of it: a heartbeat, or the event of a task it runs. */
  readonly lastSeenAt: number;
  readonly lastHeartbeatAt: number | null;
  readonly heartbeatEverySeconds: number;
  readonly pid: number | null;
  /** Tasks running, as its last heartbeat said. */
  readonly active: number | null;
  /** Tasks it has begun since it started, as its last heartbeat said (celery/worker/state.py: all_total_count). */
  readonly processed: number | null;
  readonly loadAverage: readonly number[] | null;
  /** `py-celery`, and its version and operating system. */
  readonly software: { readonly ident: string; readonly version: string; readonly system: string } | null;
  /** Whether it tells of its tasks; null until it has had a task to tell of. Without "-E", workers only send heartbeats. */
  readonly sendsTaskEvents: boolean | null;
  /** How far its clock is from ours, in seconds; large values make every age doubtful. */
  readonly clockDriftSeconds: number | null;
}

/** A scheduler (`celery beat`) with remote control, which Celery has since 5.7. It answers pings and nothing else. */
export interface Beat {
  readonly hostname: string;
  /** `silent`: it did not answer the last ping: it has stopped, hangs, or its scheduler has not ticked for long. */
  readonly status: 'alive' | 'silent';
  /** Since when `status` is known to hold. */
  readonly statusSince: number;
  /** Null: it has a mailbox, but has not answered since the engine began to listen. */
  readonly lastAnswerAt: number | null;
}

/** How full a queue is, as the broker said when it was asked. Null: the broker does not tell. */
export interface QueueDepth {
  readonly name: string;
  readonly exists: boolean;
  /** Messages that wait for a worker. */
  readonly ready: number | null;
  /** Messages that workers hold and have not acknowledged: running, prefetched, or waiting for their ETA. */
  readonly unacked: number | null;
  readonly consumers: number | null;
  /** Redis: how many wait at each priority step that has any. */
  readonly byPriority?: Readonly<Record<string, number>>;
  /** What only RabbitMQ's management API tells. */
  readonly management?: QueueManagement;
}

export interface QueueManagement {
  readonly type: string | null;
  readonly state: string | null;
  readonly memoryBytes: number | null;
  readonly publishPerSecond: number | null;
  readonly deliverPerSecond: number | null;
  readonly ackPerSecond: number | null;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface Queue extends QueueDepth {
  readonly updatedAt: number;
  /** How fast `ready` grows (or shrinks), over the last minute; null until it has been asked twice. */
  readonly growthPerSecond: number | null;
  /** When it will be empty at this pace; null while it does not shrink. */
  readonly drainSeconds: number | null;
  /** The workers that said they consume from it. */
  readonly workers: readonly string[];
}

/** What a broker says about itself as a whole. */
export interface BrokerOverview {
  /** Each reason why it accepts no messages; null: it does not report them. */
  readonly alarms: readonly Worded[] | null;
  /** Publishing connections that it blocks at present; null: it does not report them. */
  readonly blockedConnections: number | null;
  /** Why it tells less than it could, and what to do about that; null: this is all there is. */
  readonly missing: string | null;
}

/**
 * Why events may have been missed. `disconnected`: there was no connection to the broker. `discarded`: the broker threw events
 * away before they could be read. `notRunning`: nobody listened.
 */
type GapCause = 'disconnected' | 'discarded' | 'notRunning';

/** A span in which events may have been missed, and why. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly cause: GapCause;
  readonly reason: string;
}

/** All gaps of one cause since the engine began to listen, those that are over. */
export interface GapTotal {
  readonly count: number;
  readonly seconds: number;
}

/** What went through the engine since it began to listen, and what did not. */
export interface Counters {
  readonly events: number;
  /** Messages that were no events. */
  readonly invalid: number;
  /** Events known to have been lost on the way. */
  readonly lost: number;
  /** How often the broker discarded events without a number: `lost` holds none of those. */
  readonly uncountedLosses: number;
  readonly gaps: Readonly<Record<Exclude<GapCause, 'notRunning'>, GapTotal>>;
  /** Tasks forgotten to stay within the limit. */
  readonly evicted: number;
  readonly tasks: number;
  /** Received and not yet processed. */
  readonly backlog: number;
  readonly lastEventAt: number | null;
  /** By reason: how many messages could not be read. */
  readonly invalidByReason: Readonly<Record<string, number>>;
  /** By listener (the state, the metrics, a stream …): how often one failed at an event. Those that never did are left out. */
  readonly listenerErrors: Readonly<Record<string, number>>;
  /** What the engine holds in memory, by store; empty where it is not known. */
  readonly stores: Partial<Readonly<Record<StoreName, StoreMemory>>>;
}

/** What the engine holds: each has a limit of its own. */
type StoreName = 'taskTexts' | 'longTexts' | 'unsavedTasks' | 'rawEvents' | 'intake' | 'failures' | 'replies';

/** One store: what it holds, what it may hold (null: no limit), and how much it has let go of to stay within that. */
export interface StoreMemory {
  readonly bytes: number;
  readonly limit: number | null;
  readonly evicted: number;
}

/** The state of one cluster at `version`; `ChangeBatch`es lead from one version to the next. */
export interface ClusterSnapshot {
  readonly clusterId: string;
  readonly version: SnapshotVersion;
  readonly name: string;
  readonly maskedUrl: string;
  readonly brokerKind: BrokerKind;
  readonly environment: Environment;
  readonly isReadOnly: boolean;
  readonly link: LinkState;
  readonly workers: Readonly<Record<string, Worker>>;
  /** The beats that can be asked whether they are alive. */
  readonly beats: Readonly<Record<string, Beat>>;
  readonly queues: Readonly<Record<string, Queue>>;
  readonly counters: Counters;
  readonly gaps: readonly Gap[];
  readonly failures: Readonly<Record<string, FailureGroup>>;
  readonly alerts: Readonly<Record<string, Alert>>;
  readonly verdict: Verdict;
  /** Tasks of this machine that wait in rdb, by the id of their session. */
  readonly waiting: Readonly<Record<string, WaitingSession>>;
}

export interface SnapshotVersion {
  /** Changes when the numbering starts anew: another backend process, another life of the cluster. */
  readonly epoch: string;
  readonly number: number;
}

/** Whether a worker is there: heard of, if perhaps late; neither lost nor gone. */
export const isLiving = ({ status }: Pick<Worker, 'status'>): boolean => status === 'online' || status === 'late';
