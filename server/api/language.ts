import type { CodeParams } from './code.ts';

/** A step of a traceback as the worker's machine names it, to be found in the workspace. */
export interface FrameParams {
  /** The workspace's folders on this machine. */
  readonly folders: readonly string[];
  /** Folders on the workers' machines, and which folder here each one is. */
  readonly mappings: Readonly<Record<string, string>>;
  readonly file: string;
  readonly line: number;
  /** Empty where it is not known. */
  readonly function: string;
}

/** Where a frame may be in the workspace. */
export interface FramePlace {
  readonly file: string;
  readonly line: number;
  /** `same`: the worker ran this very file. `mapping`: a mapping says so. `tail`: its path ends alike. */
  readonly how: 'same' | 'mapping' | 'tail';
  /** What a mapping would have to say for it; null: nothing is needed. */
  readonly mapping: { readonly remote: string; readonly local: string } | null;
  /** Whether the line still is in that function: otherwise the file here is not what the worker ran. */
  readonly isInFunction: boolean;
}

export interface TaskDefinitionParams {
  readonly folders: readonly string[];
  readonly taskName: string;
}

/** Where a task is written. */
export interface TaskDefinition {
  readonly taskName: string;
  readonly file: string;
  /** Of the function or the class, counted from 1. */
  readonly line: number;
  /** `named`: the name stands in the code. `module`: it is the module's path and the function, as Celery makes it. */
  readonly how: 'named' | 'module';
}

/** A Celery application that the workspace's code makes. Found by reading: nothing was run. */
export interface CeleryApp {
  /** What `celery -A` takes: `shop.celeryapp:app`. */
  readonly target: string;
  /** Where Python has to be started so that it can import this. */
  readonly folder: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /**
   * `written`: the call `Celery(…)` stands there. `made`: the variable holds what a function gives back. `function`: only
   * the function is there, and `celery -A` calls no functions.
   */
  readonly how: 'written' | 'made' | 'function';
  /** Django's manage.py lies in the folder. */
  readonly isDjango: boolean;
  /** It is code of tests. */
  readonly isTest: boolean;
}

export interface CeleryAppsParams {
  readonly folders: readonly string[];
}

export interface CeleryCodeParams {
  readonly folders: readonly string[];
  readonly file: string;
  /** As it stands in the editor. */
  readonly text: string;
}

/** What one file has to do with Celery. */
export interface CeleryCode {
  /** How it is imported: `shop.orders`. */
  readonly module: string;
  readonly apps: readonly CeleryApp[];
  readonly tasks: readonly WrittenTaskName[];
}

interface WrittenTaskName {
  readonly taskName: string;
  /** Of the function or the class, counted from 1. */
  readonly line: number;
  /** Of its first decorator, where it has one. */
  readonly topLine: number;
  /** The first line that runs when the task does. */
  readonly firstLine: number;
}

/** Lines and columns are counted from 0, as editors do. */
export interface CodeRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface CodeProblemsParams extends CodeParams {
  /** The setting `celeriac.check.rules` by the folder that it holds in: a severity or `off` by the id of a rule. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a rule of "celeriac check" found in a file. */
export interface CodeProblem {
  readonly file: string;
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** Where the rule is explained. */
  readonly page: string;
  readonly range: CodeRange;
  /** Empty where nothing safe can be offered. */
  readonly fix: readonly { readonly range: CodeRange; readonly text: string }[];
  /** It only changes code that fails today. */
  readonly isFixSafe: boolean;
}

export interface CodeProblems {
  readonly problems: readonly CodeProblem[];
  /** What was not read, and why. */
  readonly leftOut: readonly string[];
}
