import * as v from 'valibot';
import { reportedTask } from '../safety/reportedTask.ts';

const words = v.nullable(v.string());

const ready = v.object({
  event: v.literal('ready'),
  python: v.string(),
  pid: v.number(),
  process: v.string(),
  task: v.nullable(reportedTask),
});

const stopped = v.object({
  event: v.literal('stopped'),
  why: v.picklist(['entry', 'step', 'breakpoint', 'exception', 'pause']),
  text: words,
  details: words,
});

const left = v.object({ event: v.literal('left') });
const answer = v.object({ answer: v.number(), body: v.optional(v.unknown()), error: v.optional(v.string()) });

/** Whatever the helper in the worker says. */
export const rdbMessage = v.union([ready, stopped, left, answer]);
export type Ready = v.InferOutput<typeof ready>;
export type Stop = v.InferOutput<typeof stopped>;
export type Answer = v.InferOutput<typeof answer>;

const value = v.object({
  value: v.string(),
  type: v.string(),
  ref: v.number(),
  indexed: v.number(),
  written: words,
});
export type RdbValue = v.InferOutput<typeof value>;

/** What each question is answered with. */
export const answers = {
  stack: v.array(
    v.object({ index: v.number(), name: v.string(), file: v.string(), line: v.number(), exists: v.boolean() }),
  ),
  scopes: v.object({ locals: v.number(), globals: v.number() }),
  variables: v.object({ rows: v.array(v.object({ ...value.entries, name: v.string() })), left: v.number() }),
  evaluate: v.nullable(value),
  assign: value,
  source: v.string(),
  breakpoints: v.array(v.object({ line: v.number(), problem: words, detail: v.optional(v.string()) })),
} as const;

export type Question = keyof typeof answers;
export type AnswerTo<Q extends Question> = v.InferOutput<(typeof answers)[Q]>;
export type RdbFrame = AnswerTo<'stack'>[number];
