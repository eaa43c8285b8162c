import type { AnswerPage, AnswerQuestion } from './answers.ts';
import type { ChangeBatch } from './change.ts';
import type {
  CodeCalls,
  CodeCompletion,
  CodeParams,
  CodePositionParams,
  CodeSignature,
  CodeTaskAtParams,
  CodeTaskEntry,
  CodeTaskParams,
  CodeTasksParams,
  CodeUsePlace,
  MeantTask,
} from './code.ts';
import type {
  CallFit,
  CallFitParams,
  CodeDrift,
  CodeDriftParams,
  CodeGraph,
  CodeGraphParams,
  CodeSummary,
  CrontabParams,
  CrontabReading,
} from './codePages.ts';
import type { ConnectionTest, ConnectionTestParams } from './connectionTest.ts';
import type { ControlCommandForm, ControlOutcome, TaskLimits } from './control.ts';
import type { Dashboard, DashboardQuery, NamesParams } from './dashboard.ts';
import type { DebugTarget, DebugTargetParams, ProbedPort, ProbeParams, ProcessReach } from './debugging.ts';
import type { DiscoverParams, Discovery } from './discovery.ts';
import type {
  FailureOccurrencePage,
  FailureOccurrencesParams,
  MarkFailuresSeenParams,
  MuteFailuresParams,
} from './failures.ts';
import type { AlertParams, MuteAlertParams, SetHealthRulesParams } from './health.ts';
import type { InspectMethod } from './inspect.ts';
import type {
  CeleryApp,
  CeleryAppsParams,
  CeleryCode,
  CeleryCodeParams,
  CodeProblems,
  CodeProblemsParams,
  FrameParams,
  FramePlace,
  TaskDefinition,
  TaskDefinitionParams,
} from './language.ts';
import type { ClusterSnapshot, ConnectionConfig, QueueDepth } from './model.ts';
import type { PeekedQueue } from './peek.ts';
import type { RdbPlace } from './rdbPlace.ts';
import type { TaskResult } from './results.ts';
import type { KnownTask, SendOrder, TaskProgress } from './sendTask.ts';
import type { TaskDetail } from './taskDetail.ts';
import type { GroupStats, Task, TaskPage, TaskQuery, TaskWindow, TaskWindowQuery } from './tasks.ts';
import type { DumpTarget, DumpThreadsParams, ThreadDump } from './threads.ts';
import type { FollowLogsParams, FoundWaiting, LookForRdbParams, RdbListenersParams } from './waiting.ts';
import type { QuietWorkers, TaskTypeFigures, WorkerDetail } from './workerDetail.ts';

/** One request: its name on the wire, its parameters and its result (types only). */
export interface Request<P, R> {
  readonly method: string;
  readonly types?: { readonly params: P; readonly result: R };
}

export interface Notification<P> {
  readonly method: string;
  readonly types?: { readonly params: P };
}

const request = <P, R>(method: string): Request<P, R> => ({ method });
const notification = <P>(method: string): Notification<P> => ({ method });

export const apiVersion = 1;

export interface Handshake {
  readonly apiVersion: number;
  readonly pid: number;
  readonly nodeVersion: string;
}

export interface ClusterParams {
  readonly clusterId: string;
}

export interface OpenClusterParams {
  readonly connection: ConnectionConfig;
  /** Where what happens is kept beyond the backend's life; null: nowhere. */
  readonly historyFolder: string | null;
}

export interface TaskQueryParams extends ClusterParams {
  readonly query: TaskQuery;
}

export interface TaskParams extends ClusterParams {
  readonly id: string;
}

export interface StatsParams extends ClusterParams {
  readonly kind: 'type' | 'queue' | 'worker';
}

export interface QueueParams extends ClusterParams {
  readonly queue: string;
}

export interface PeekParams extends QueueParams {
  readonly limit: number;
}

export interface TellParams extends ClusterParams {
  readonly method: string;
  /** As typed on a command line: each `name=value`. */
  readonly words: readonly string[];
  /** Null: every worker. */
  readonly destination: readonly string[] | null;
}

export interface TaskNameParams extends ClusterParams {
  readonly taskName: string;
}

export interface SendTaskParams extends ClusterParams {
  readonly order: SendOrder;
}

export interface FollowTaskParams extends ClusterParams {
  readonly id: string;
  /** The state that is known already: the answer comes with the next one. */
  readonly after: string | null;
  /** When to answer though nothing has changed. */
  readonly withinMs: number;
}

export interface ArgumentParams {
  readonly method: string;
  readonly argument: string;
  readonly text: string;
}

/** The name, the queue and the reprs of a call; null: no event told it. */
export type TaskCall = Pick<Task, 'name' | 'queue' | 'args' | 'kwargs'>;

export interface WorkerDetailsParams extends ClusterParams {
  readonly hostnames: readonly string[];
}

/** Everything the extension may ask of the backend. The backend has a handler for each, or it does not compile. */
export const requests = {
  handshake: request<{ readonly apiVersion: number }, Handshake>('celeriac/handshake'),
  /** Reads the files of these folders for brokers; runs nothing and connects to nothing. */
  discoverBrokers: request<DiscoverParams, Discovery>('celeriac/discover'),
  openCluster: request<OpenClusterParams, ClusterSnapshot>('celeriac/clusters/open'),
  closeCluster: request<ClusterParams, null>('celeriac/clusters/close'),
  /** Has the workers speak up; while the link is down, tries again at once. */
  refreshCluster: request<ClusterParams, null>('celeriac/clusters/refresh'),
  /** Its rows are visible; whatever shows them repeats this, for queues are read more rarely while nobody looks. */
  lookAtCluster: request<ClusterParams, null>('celeriac/clusters/look'),
  /** Takes the way to a broker one step at a time, in at most ten seconds. */
  testConnection: request<ConnectionTestParams, ConnectionTest>('celeriac/connections/test'),
  inspectMethods: request<Record<string, never>, readonly InspectMethod[]>('celeriac/inspect/methods'),
  /** Asks workers, a queue, a result backend or the audit log, and answers with a page for people. */
  answer: request<AnswerQuestion, AnswerPage>('celeriac/answer'),
  /** Everything that workers can be told. */
  controlCommands: request<Record<string, never>, readonly ControlCommandForm[]>('celeriac/control/commands'),
  /** Why no worker would take this text as that argument; null: one would. */
  checkArgument: request<ArgumentParams, string | null>('celeriac/control/check'),
  /** Tells workers what a person typed, which is checked first; resolves when each has answered, or the time is over. */
  tellWorkers: request<TellParams, ControlOutcome>('celeriac/control/tell'),
  /** The limits of a task that workers apply at present. */
  taskLimits: request<TaskNameParams, TaskLimits>('celeriac/control/taskLimits'),
  /** How full a queue is, as the broker says now. */
  queueDepth: request<QueueParams, QueueDepth>('celeriac/queues/depth'),
  /** The messages at the head of a queue. */
  peekQueue: request<PeekParams, PeekedQueue>('celeriac/queues/peek'),
  /** What looking into a queue would change there; null: nothing. */
  peekingTouches: request<ClusterParams, string | null>('celeriac/queues/peekingTouches'),
  /** Deletes what waits in a queue; resolves with the number of messages. */
  purgeQueue: request<QueueParams, { readonly deleted: number }>('celeriac/queues/purge'),
  /** The tasks that workers know, as they say themselves, and those that were seen to run. */
  registeredTasks: request<ClusterParams, readonly KnownTask[]>('celeriac/tasks/registered'),
  /** Sends a task; resolves with its id when the broker has it. */
  sendTask: request<SendTaskParams, { readonly id: string }>('celeriac/tasks/send'),
  /** Waits for a task to go on; asked again until it has ended. */
  followTask: request<FollowTaskParams, TaskProgress>('celeriac/tasks/follow'),
  /** What the result backend of the connection holds of a task. */
  taskResult: request<TaskParams, TaskResult>('celeriac/tasks/result'),
  queryTasks: request<TaskQueryParams, TaskPage>('celeriac/tasks/query'),
  /** Any part of the list of tasks that match. */
  taskWindow: request<ClusterParams & TaskWindowQuery, TaskWindow>('celeriac/tasks/window'),
  /** One task with all that is known of it; null: it is not remembered. */
  task: request<TaskParams, Task | null>('celeriac/tasks/get'),
  /** What a task was called with, as events told it; null: it is not known. */
  taskCall: request<TaskParams, TaskCall | null>('celeriac/tasks/call'),
  /** Everything the page of a task shows, in one answer. */
  taskDetail: request<TaskParams, TaskDetail>('celeriac/tasks/detail'),
  /** The figures of every task type, queue or worker. */
  stats: request<StatsParams, readonly GroupStats[]>('celeriac/tasks/stats'),
  /** Asks workers what they hold; one that does not answer is told of as far as its events do. */
  workerDetails: request<WorkerDetailsParams, readonly WorkerDetail[]>('celeriac/workers/details'),
  /** Whether a worker's threads can be looked at from here, and where it would write them. Changes nothing. */
  dumpTarget: request<DumpThreadsParams, DumpTarget>('celeriac/workers/dumpTarget'),
  /** Has a worker of this machine write down what its threads do, and reads it. */
  dumpThreads: request<DumpThreadsParams, ThreadDump>('celeriac/workers/dumpThreads'),
  /** Who is there and was never heard. */
  quietWorkers: request<ClusterParams, QuietWorkers>('celeriac/workers/quiet'),
  /** The figures of every task type, in short. */
  taskTypes: request<ClusterParams, readonly TaskTypeFigures[]>('celeriac/tasks/types'),
  /** All that the dashboard shows of a span of time. */
  dashboard: request<DashboardQuery, Dashboard>('celeriac/dashboard'),
  /** The task types, queues or workers that there are to filter by. */
  names: request<NamesParams, readonly string[]>('celeriac/names'),
  /** The single failures of a group, as far as they are remembered or kept. */
  failureOccurrences: request<FailureOccurrencesParams, FailureOccurrencePage>('celeriac/failures/occurrences'),
  markFailuresSeen: request<MarkFailuresSeenParams, null>('celeriac/failures/seen'),
  muteFailures: request<MuteFailuresParams, null>('celeriac/failures/mute'),
  acknowledgeAlert: request<AlertParams, null>('celeriac/alerts/acknowledge'),
  muteAlert: request<MuteAlertParams, null>('celeriac/alerts/mute'),
  /** Alerts of the past and the present, the newest first. */
  /** Thresholds that hold from now on. */
  setHealthRules: request<SetHealthRulesParams, null>('celeriac/health/rules'),
  /** The Celery applications that the code of these folders makes; it is read, not run. */
  celeryApps: request<CeleryAppsParams, readonly CeleryApp[]>('celeriac/language/apps'),
  /** The apps and the tasks of one file, as it stands in its editor. */
  celeryCode: request<CeleryCodeParams, CeleryCode>('celeriac/language/code'),
  /** What "celeriac check" finds in the code of these folders; it is read, not run. */
  codeProblems: request<CodeProblemsParams, CodeProblems>('celeriac/code/problems'),
  /** The tasks that the code defines, and how often each is used. */
  codeTasks: request<CodeTasksParams, readonly CodeTaskEntry[]>('celeriac/code/tasks'),
  /** The task that something in a file stands for. */
  codeTaskAt: request<CodeTaskAtParams, MeantTask | null>('celeriac/code/taskAt'),
  /** Every place that uses a task. */
  codeUses: request<CodeTaskParams, readonly CodeUsePlace[]>('celeriac/code/uses'),
  /** What can be typed at a place; null: nothing of Celery's. */
  codeComplete: request<CodePositionParams, CodeCompletion | null>('celeriac/code/complete'),
  /** The signature of the task whose arguments are typed at a place. */
  codeSignature: request<CodePositionParams, CodeSignature | null>('celeriac/code/signature'),
  /** Who sends a task, and what it sends itself. */
  codeCalls: request<CodeTaskParams, CodeCalls>('celeriac/code/calls'),
  /** When the crontab at a place in the code is due. */
  codeCrontab: request<CrontabParams, CrontabReading | null>('celeriac/code/crontab'),
  /** How the code has a task called, and whether a call fits; null: it does not say. */
  codeCallFit: request<CallFitParams, CallFit | null>('celeriac/code/callFit'),
  /** Who sends whom, with the figures of a connection. */
  codeGraph: request<CodeGraphParams, CodeGraph>('celeriac/code/graph'),
  /** Where the code and the workers of a connection differ, as far as that is certain. */
  codeDrift: request<CodeDriftParams, readonly CodeDrift[]>('celeriac/code/drift'),
  /** How much of the code is read, and what is not. */
  codeSummary: request<CodeParams, CodeSummary>('celeriac/code/summary'),
  /** Where in the workspace a frame of a traceback is: one place when that is certain enough, several to choose from. */
  findFrame: request<FrameParams, readonly FramePlace[]>('celeriac/language/frame'),
  /** Where in the workspace a task is written. */
  taskDefinitions: request<TaskDefinitionParams, readonly TaskDefinition[]>('celeriac/language/taskDefinitions'),
  /** The process that runs a task or a worker, where it is, and what ends the task while somebody looks at it. */
  debugTarget: request<DebugTargetParams, DebugTarget>('celeriac/debug/target'),
  /** Whether a debugger can be brought into a process of this machine. */
  processReach: request<{ readonly pid: number }, ProcessReach>('celeriac/debug/reach'),
  /** Asks debugpy at each port whose process it is; a task that runs there is not held up. */
  probeDebugpy: request<ProbeParams, readonly ProbedPort[]>('celeriac/debug/probe'),
  /** Looks anew which tasks of this machine wait in rdb, knowing what was heard. Connects to none of them. */
  lookForRdb: request<LookForRdbParams, readonly FoundWaiting[]>('celeriac/debug/waiting'),
  /** Which log files to listen to from now on, besides those of the workers of this machine. */
  followLogs: request<FollowLogsParams, null>('celeriac/debug/logs'),
  /** Where something of this machine listens and has no visitor; it need not be rdb. */
  rdbListeners: request<RdbListenersParams, readonly RdbPlace[]>('celeriac/debug/listeners'),
  snapshot: request<ClusterParams, ClusterSnapshot>('celeriac/clusters/snapshot'),
} as const;

/**
 * Requests whose answers are exact, and why: what is sent again or signed in with must not hold a mask. Nothing of them is
 * shown as it is; every other answer is covered on its way out.
 */
export const exactRequests = {
  discoverBrokers: 'A found URL is connected to; its login goes into the secret storage.',
  peekQueue: 'A task is sent again with the arguments of its message.',
  taskCall: 'A task is sent again with the arguments its events told.',
  taskResult: 'A task is sent again with the arguments its result keeps.',
} as const satisfies Partial<Record<keyof typeof requests, string>>;

/** Everything the backend tells unasked. */
export const notifications = {
  changes: notification<ChangeBatch>('celeriac/changes'),
} as const;

export type ParamsOf<T> = T extends Request<infer P, unknown> ? P : T extends Notification<infer P> ? P : never;
export type ResultOf<T> = T extends Request<infer _P, infer R> ? R : never;

/** A handler for every request of the table. */
export type RequestHandlers = {
  readonly [K in keyof typeof requests]: (
    params: ParamsOf<(typeof requests)[K]>,
  ) => Promise<ResultOf<(typeof requests)[K]>>;
};
