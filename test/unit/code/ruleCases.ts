import type { Files } from './indexOf.ts';

export interface Case {
  readonly files: Files;
  /** As `path:line`. */
  readonly at: readonly string[];
}

export type RuleCases = Readonly<Record<string, { readonly bad: readonly Case[]; readonly near: readonly Files[] }>>;

const head = 'from celery import Celery, shared_task\napp = Celery("p")\n';

/** One file with an app, whose own lines begin at 3. */
export const tasks = (code: string): Files => ({ 'tasks.py': `${head}${code}` });

/** The lines of `tasks.py` that are to be found. */
export const bad = (code: string, ...lines: readonly number[]): Case => ({
  files: tasks(code),
  at: lines.map((line) => `tasks.py:${line}`),
});
