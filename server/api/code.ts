import type { CodeRange } from './language.ts';

/** The code that a question is about: folders on this machine, and what an editor knows better than the disk. */
export interface CodeParams {
  readonly folders: readonly string[];
  /** Files whose text in the editor is not saved yet. */
  readonly unsaved: readonly { readonly file: string; readonly text: string }[];
  /** Another number: files on the disk may have changed since the last question. */
  readonly revision: number;
}

export interface CodePositionParams extends CodeParams {
  readonly file: string;
  /** Both counted from 0. */
  readonly line: number;
  readonly column: number;
}

export interface CodeTaskAtParams extends CodePositionParams {
  /** From when on the next run of a schedule is looked for. */
  readonly now: number;
}

export interface CodeTaskParams extends CodeParams {
  readonly taskName: string;
}

export interface CodeTasksParams extends CodeParams {
  /** Only the tasks of this file; null: all. */
  readonly file: string | null;
}

export interface CodePlace {
  readonly file: string;
  readonly range: CodeRange;
}

/** A task where it is written, and how often it is used. */
export interface CodeTaskEntry extends CodePlace {
  readonly name: string;
  readonly function: string;
  /** The line of its first decorator, counted from 0. */
  readonly topLine: number;
  readonly uses: number;
  readonly schedules: number;
}

/** What something in the code stands for. */
export interface MeantTask {
  readonly name: string;
  /** Of what was pointed at. */
  readonly range: CodeRange;
  /** Null: the workspace does not define this task, only its name is used. */
  readonly card: TaskCard | null;
}

/** What the code says of a task. */
interface TaskCard extends CodePlace {
  /** `charge(order_id: int, retry=True)` */
  readonly signature: string;
  readonly queue: { readonly name: string; readonly from: QueueOrigin };
  /** As they are written, those from the settings included. */
  readonly options: readonly { readonly name: string; readonly text: string }[];
  readonly schedules: readonly CardSchedule[];
}

/** `option`: of the task itself; `route`: of task_routes; `default`: of task_default_queue; `celery`: nothing names another. */
export type QueueOrigin = 'option' | 'route' | 'default' | 'celery';

interface CardSchedule extends CodePlace {
  readonly name: string;
  /** As it is written: `crontab(hour=3)`. */
  readonly schedule: string;
  /** Null where the code alone does not tell it. */
  readonly nextRunAt: number | null;
}

export interface CodeUsePlace extends CodePlace {
  /** `delay`, `send_task`, `schedule`, …; `document`: a value in YAML or JSON. */
  readonly kind: string;
}

/** A task, or code or a schedule that sends tasks. */
export interface CallNode extends CodePlace {
  readonly id: string;
  readonly kind: 'task' | 'code' | 'schedule';
}

/** Who sends a task, or what a task sends, with the places of the calls. */
export interface CodeCall {
  readonly node: CallNode;
  readonly places: readonly CodePlace[];
}

export interface CodeCalls {
  readonly incoming: readonly CodeCall[];
  readonly outgoing: readonly CodeCall[];
}
export interface CodeCompletion {
  /** What the typed text stands for; the editor adds what only a connection knows. */
  readonly wanted: 'task' | 'queue' | 'setting' | 'crontab' | 'option';
  /** What an entry replaces. */
  readonly range: CodeRange;
  readonly items: readonly CompletionEntry[];
}

export interface CompletionEntry {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly documentation: string;
}

export interface CodeSignature {
  readonly label: string;
  /** Where each parameter stands in the label. */
  readonly parameters: readonly (readonly [start: number, end: number])[];
  readonly active: number;
}
