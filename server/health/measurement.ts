import type { AlertSubject } from '../api/health.ts';
import type { Phrase } from '../api/phrase.ts';
import type { RuleName } from './ruleTable.ts';

/** A figure that a rule looks at. Subjects that are well have one too: without data there is none. */
export interface Measurement {
  readonly rule: RuleName;
  readonly subject: AlertSubject;
  readonly figure: number;
  /** In place of the rule's own, where the cluster itself sets the limit. */
  readonly threshold?: number;
  /** What is wrong, with the threshold in brackets; called only when something is. */
  readonly what: (limit: Phrase) => Phrase;
}

export type NoteMeasurements = (measurements: readonly Measurement[]) => void;

/** The figures of so many workers, queues or task types take about a millisecond. */
export const subjectsAtOnce = 128;

export const ofCluster: AlertSubject = { kind: 'cluster', name: '' };
export const ofBroker: AlertSubject = { kind: 'broker', name: '' };
export const ofWorker = (name: string): AlertSubject => ({ kind: 'worker', name });
export const ofQueue = (name: string): AlertSubject => ({ kind: 'queue', name });
export const ofType = (name: string): AlertSubject => ({ kind: 'taskType', name });
export const ofTask = (name: string): AlertSubject => ({ kind: 'task', name });
