import type { Typed } from './typedAt.ts';

/** What somebody may want to type. */
export type Wanted =
  | { readonly kind: 'task' | 'queue' }
  | { readonly kind: 'setting'; readonly form: 'attribute' | 'keyword' | 'string' | 'module' }
  | { readonly kind: 'crontab'; readonly field: string | null }
  /** A keyword of `apply_async`, or of a task's decorator. */
  | { readonly kind: 'option'; readonly of: 'sending' | 'task' }
  /** A parameter of the task that is sent. */
  | { readonly kind: 'parameter'; readonly callee: string };

type Open = Typed['open'][number];

const scheduleName = /beat_?schedule/i;
const routesName = /(?:routes|annotations)$/i;
const byName = /(?:^|\.)(?:send_task|signature|subtask|Signature|maybe_signature)$/;
const crontabName = /(?:^|\.)crontab$/;
const sendingName = /\.(?:apply_async|apply_async_on_commit)$/;
const directName = /\.(?:delay|delay_on_commit|s|si)$/;
const decoratorName = /(?:^|\.)(?:shared_task|task)$/;

/** The fields of a crontab in their order. */
export const crontabFields = ['minute', 'hour', 'day_of_week', 'day_of_month', 'month_of_year'] as const;

export const wantedAt = (typed: Typed): Wanted | null => (typed.isString ? inString(typed) : inWord(typed));

const inString = ({ open, target }: Typed): Wanted | null => {
  const inner = open.at(-1);
  if (!inner) return /task_default_queue$/i.test(target) || /DEFAULT_QUEUE$/.test(target) ? { kind: 'queue' } : null;
  switch (inner.bracket) {
    case '(':
      return inCall(inner, open, target);
    case '{':
      return inDict(inner, open, target);
    default:
      if (/(?:^|\.)conf$/.test(inner.callee)) return { kind: 'setting', form: 'string' };
      return inner.callee.endsWith('.tasks') ? { kind: 'task' } : null;
  }
};

const inCall = (inner: Open, open: readonly Open[], target: string): Wanted | null => {
  const { callee, keyword, position } = inner;
  if (byName.test(callee) && (keyword === null ? position === 0 : /^(?:name|task|varies)$/.test(keyword)))
    return { kind: 'task' };
  if (keyword === 'queue' || keyword === 'task_default_queue') return { kind: 'queue' };
  if (/(?:^|\.)Queue$/.test(callee) && (keyword === null ? position === 0 : keyword === 'name'))
    return { kind: 'queue' };
  if (crontabName.test(callee)) return { kind: 'crontab', field: keyword ?? crontabFields[position] ?? null };
  return keyword === 'task' && isIn(scheduleName, open, target) ? { kind: 'task' } : null;
};

const inDict = (inner: Open, open: readonly Open[], target: string): Wanted | null => {
  if (inner.key === 'queue') return { kind: 'queue' };
  if (inner.key === 'task') return isIn(scheduleName, open, target) ? { kind: 'task' } : null;
  if (inner.key !== null) return null;
  const around = open.at(-2);
  if (around?.keyword === null && /(?:^|\.)conf\.update$/.test(around.callee))
    return { kind: 'setting', form: 'string' };
  return routesName.test(around ? (around.key ?? around.keyword ?? '') : target) ? { kind: 'task' } : null;
};

/** Whether a setting's value is typed, however it is written. */
const isIn = (name: RegExp, open: readonly Open[], target: string): boolean =>
  name.test(target) || open.some(({ key, keyword }) => name.test(key ?? '') || name.test(keyword ?? ''));

const inWord = ({ open, owner, isFirst }: Typed): Wanted | null => {
  if (owner !== '') return /(?:^|\.)conf$/.test(owner) ? { kind: 'setting', form: 'attribute' } : null;
  const inner = open.at(-1);
  if (!inner) return isFirst ? { kind: 'setting', form: 'module' } : null;
  const { bracket, callee, keyword } = inner;
  if (bracket !== '(' || keyword !== null) return null;
  if (/(?:^|\.)conf\.update$/.test(callee)) return { kind: 'setting', form: 'keyword' };
  if (crontabName.test(callee)) return { kind: 'crontab', field: null };
  if (sendingName.test(callee)) return { kind: 'option', of: 'sending' };
  if (directName.test(callee)) return { kind: 'parameter', callee };
  return decoratorName.test(callee) ? { kind: 'option', of: 'task' } : null;
};
