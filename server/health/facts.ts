import type { BrokerKind, BrokerOverview, Queue, Worker } from '../api/model.ts';
import type { Worded } from '../api/phrase.ts';
import type { GroupStats } from '../api/tasks.ts';
import type { Pulse } from './pulseBook.ts';
import type { WorkerSurvey } from './workerSurvey.ts';

/** Everything the rules look at, at one moment. */
export interface HealthFacts {
  readonly now: number;
  /** Since when events are heard without a break. */
  readonly listeningSince: number;
  readonly brokerKind: BrokerKind;
  /** Why the broker takes no messages, when it told so. */
  readonly blocked: Worded | null;
  /** Null: it has not been asked yet. */
  readonly overview: BrokerOverview | null;
  readonly workers: readonly Worker[];
  readonly pulses: ReadonlyMap<string, Pulse>;
  /** What workers said of themselves, by name. */
  readonly surveys: ReadonlyMap<string, WorkerSurvey>;
  /** Null: they have not been asked yet. */
  readonly surveyedAt: number | null;
  /** Who has a mailbox; null where the broker does not tell. */
  readonly mailboxes: readonly string[] | null;
  readonly queues: readonly Queue[];
  /** Whether every living worker has said what it consumes. */
  readonly consumersKnown: boolean;
  readonly types: readonly GroupStats[];
  readonly queueStats: readonly GroupStats[];
  readonly workerStats: readonly GroupStats[];
  readonly running: readonly RunningTask[];
  readonly delayed: readonly DelayedTask[];
  readonly visibilityTimeoutSeconds: number;
  readonly host: { readonly name: string; readonly memoryBytes: number };
}

export interface RunningTask {
  readonly id: string;
  readonly name: string | null;
  readonly worker: string | null;
  /** By our clock where we heard it start, else as the worker says. */
  readonly startedAt: number;
}

/** A task that a worker holds until its time has come. */
export interface DelayedTask {
  readonly id: string;
  readonly name: string | null;
  readonly receivedAt: number;
  readonly dueAt: number;
}
