import type { CodeParams, CodePlace, CodePositionParams, CodeTaskParams } from './code.ts';
import type { CodeRange } from './language.ts';
import type { Phrase } from './phrase.ts';

/** When a crontab in the code is due. */
export interface CrontabReading {
  readonly range: CodeRange;
  /** "at 04:30 on Mondays" */
  readonly sentence: string;
  readonly phrase: Phrase;
  /** Null: the code does not say in which zone beat counts. */
  readonly zone: string | null;
  /** The next runs; none where the zone is not known. */
  readonly runs: readonly number[];
}

export interface CrontabParams extends CodePositionParams {
  /** From which moment the next runs are counted. */
  readonly now: number;
}

export interface CallFitParams extends CodeTaskParams {
  readonly argsJson: string;
  readonly kwargsJson: string;
}

export interface CallParameter {
  readonly name: string;
  /** `positional`: before a `/`; `keyword`: behind a `*`; `rest`: `*args`; `keywords`: `**kwargs`. */
  readonly kind: 'positional' | 'regular' | 'rest' | 'keyword' | 'keywords';
  /** As it is written; null: none is. */
  readonly annotation: string | null;
  readonly default: string | null;
}

/** How a task of the workspace is called, and what does not fit. */
export interface CallFit {
  readonly parameters: readonly CallParameter[];
  /** Why the call fails; null: it fits. */
  readonly problem: { readonly sentence: string; readonly phrase: Phrase } | null;
}

export interface CodeGraphParams extends CodeParams {
  /** Whose figures are joined; null: none. */
  readonly clusterId: string | null;
  /** By the names of tasks; added by the engine. */
  readonly figures?: Readonly<Record<string, NodeFigures>>;
}

export interface CodeGraphNode extends CodePlace {
  readonly id: string;
  readonly kind: 'task' | 'code' | 'schedule';
  /** What tasks of this name have done in the last hour; null: nothing is known. */
  readonly figures: NodeFigures | null;
}

export interface NodeFigures {
  readonly running: number;
  readonly waiting: number;
  readonly runs: number;
  readonly failed: number;
}

/** All uses by which one sends the other. */
export interface CodeGraphEdge {
  readonly from: string;
  readonly to: string;
  /** `delay`, `s`, `schedule`, … */
  readonly kinds: readonly string[];
}

/** Who sends whom in the code of the workspace. */
export interface CodeGraph {
  readonly nodes: readonly CodeGraphNode[];
  readonly edges: readonly CodeGraphEdge[];
  /** Nodes beyond the limit of a page. */
  readonly omitted: number;
}

/** What of the workspace's code is read. */
export interface CodeSummary {
  readonly tasks: number;
  readonly files: number;
  /** Files and folders that git ignores. */
  readonly ignored: number;
  /** What was not read, and why. */
  readonly leftOut: readonly string[];
}

/** What a worker says of itself. */
export interface WorkerFacts {
  readonly hostname: string;
  readonly tasks: readonly string[];
  /** What is set, without the defaults; null: it did not say. */
  readonly settings: Readonly<Record<string, unknown>> | null;
  readonly queues: readonly string[];
}

export interface LiveFacts {
  /** Those that answered. */
  readonly workers: readonly WorkerFacts[];
  /** Whether every worker that is online answered. */
  readonly isComplete: boolean;
  /** Runtimes of the last hour, by the names of tasks. */
  readonly p95Seconds: Readonly<Record<string, number>>;
}

export interface CodeDriftParams extends CodeParams {
  readonly clusterId: string;
  /** Added by the engine. */
  readonly facts?: LiveFacts;
}

/** Where the code of the workspace and the workers of a connection differ. */
export interface CodeDrift {
  /** `task-not-registered`, `settings-differ`, … */
  readonly kind: string;
  readonly sentence: string;
  readonly phrase: Phrase;
  /** What to do about it. */
  readonly recommendation: string;
  readonly advice: Phrase;
  /** Where it is explained. */
  readonly page: string;
  /** Null: it is not about a place in the code. */
  readonly place: CodePlace | null;
}
