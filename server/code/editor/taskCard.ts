import type { QueueOrigin } from '../../api/code.ts';
import type { Expression } from '../../python/syntax.ts';
import { nextRun } from '../../schedule/nextRun.ts';
import type { CodeIndex } from '../codeIndex.ts';
import { constantOf } from '../constantOf.ts';
import { beatZone, crontabAt } from '../crontabAt.ts';
import type { CodeFile, CodeTask } from '../facts.ts';
import { lookAt, runOf, settingOf, textOf } from '../ruleKit.ts';
import { entriesOf, type WrittenSetting } from '../settingsIn.ts';
import { scheduleEntries, valueBehind } from '../usesIn.ts';
import { routeOf } from './routeOf.ts';

const longestText = 80;

interface WrittenSchedule {
  readonly name: string;
  readonly schedule: string;
  /** Null where the code alone does not tell it. */
  readonly nextRunAt: number | null;
  readonly file: CodeFile;
  readonly start: number;
  readonly end: number;
}

/** What the code says of one of its tasks. */
export interface TaskFacts {
  readonly signature: string;
  readonly queue: { readonly name: string; readonly from: QueueOrigin };
  readonly options: readonly { readonly name: string; readonly text: string }[];
  readonly schedules: readonly WrittenSchedule[];
}

export const taskFacts = (index: CodeIndex, task: CodeTask, now: number): TaskFacts => ({
  signature: signatureOf(index, task),
  queue: queueOf(index, task),
  options: optionsOf(index, task),
  schedules: schedulesOf(index, task.name, now),
});

/** What is given when the task is sent: without the `self` of a bound task. */
export const parametersOf = (task: CodeTask): ReturnType<typeof allParameters> =>
  allParameters(task).slice(task.bind || task.definition.kind === 'class' ? 1 : 0);

const allParameters = (task: CodeTask) => runOf(task)?.parameters ?? [];

/** Each parameter as it is written: `order_id: int = 1`. */
export const parameterTexts = (index: CodeIndex, task: CodeTask): readonly string[] => {
  const file = index.file(task.file);
  if (!file) return [];
  return parametersOf(task).map((parameter) => {
    const { name, kind, annotation, default: value } = parameter;
    const mark = kind === 'rest' ? '*' : kind === 'keywords' ? '**' : '';
    const type = annotation ? `: ${brief(annotation, file)}` : '';
    const given = value ? `${annotation ? ' = ' : '='}${brief(value, file)}` : '';
    return `${mark}${name}${type}${given}`;
  });
};

const signatureOf = (index: CodeIndex, task: CodeTask): string =>
  `${task.function}(${parameterTexts(index, task).join(', ')})`;

/** The queue that the task is sent to unless the sender names one (celery/app/routes.py: Router.route). */
const queueOf = (index: CodeIndex, task: CodeTask): TaskFacts['queue'] => {
  const file = index.file(task.file);
  const option = task.options.get('queue');
  const own = option && file ? constantOf(option, file, [], index.names) : undefined;
  if (typeof own === 'string') return { name: own, from: 'option' };
  const route = routeOf(index, task.name);
  if (route !== null) return { name: route, from: 'route' };
  const setting = settingOf(index, 'task_default_queue', 'CELERY_DEFAULT_QUEUE');
  const usual = setting && constantOf(setting.value, setting.file, setting.above, index.names);
  return typeof usual === 'string' ? { name: usual, from: 'default' } : { name: 'celery', from: 'celery' };
};

/** The options that say how a task runs, in the order in which they are shown. */
const shownOptions: readonly (readonly [option: string, setting: string | null])[] = [
  ['bind', null],
  ['autoretry_for', null],
  ['max_retries', null],
  ['default_retry_delay', null],
  ['retry_backoff', null],
  ['retry_backoff_max', null],
  ['retry_jitter', null],
  ['retry_kwargs', null],
  ['soft_time_limit', 'task_soft_time_limit'],
  ['time_limit', 'task_time_limit'],
  ['rate_limit', 'task_default_rate_limit'],
  ['acks_late', 'task_acks_late'],
  ['acks_on_failure_or_timeout', 'task_acks_on_failure_or_timeout'],
  ['reject_on_worker_lost', 'task_reject_on_worker_lost'],
  ['ignore_result', 'task_ignore_result'],
  ['track_started', 'task_track_started'],
  ['priority', 'task_default_priority'],
  ['expires', null],
  ['serializer', 'task_serializer'],
];

const optionsOf = (index: CodeIndex, task: CodeTask): TaskFacts['options'] => {
  const file = index.file(task.file);
  return shownOptions.flatMap(([name, key]) => {
    const own = task.options.get(name);
    if (own && file) return [{ name, text: brief(own, file) }];
    const setting = key === null ? undefined : settingOf(index, key);
    return setting ? [{ name, text: `${brief(setting.value, setting.file)} (${setting.written})` }] : [];
  });
};

const schedulesOf = (index: CodeIndex, name: string, now: number): readonly WrittenSchedule[] => {
  const settings = index.settings.filter(({ key }) => /^(?:beat_schedule|celerybeat_schedule)$/i.test(key));
  return settings.flatMap((setting) => {
    const { file, above } = setting;
    const names = namesOfEntries(index, setting);
    return scheduleEntries(setting, index.names).flatMap(({ entry, value }) => {
      if (constantOf(value, file, above, index.names) !== name) return [];
      const schedule = entriesOf(entry).find(([key]) => key === 'schedule')?.[1];
      const { start, end } = value;
      const text = schedule ? brief(schedule, file) : '';
      const nextRunAt = schedule ? nextRunOf(schedule, file, index, now) : null;
      return [{ name: names.get(entry) ?? '', schedule: text, nextRunAt, file, start, end }];
    });
  });
};

/** Of a crontab; when an interval is due depends on its last run, which only beat knows. */
const nextRunOf = (schedule: Expression, file: CodeFile, index: CodeIndex, now: number): number | null => {
  const written = crontabAt(index, file, schedule.start);
  const zone = beatZone(index);
  return written && zone !== null ? nextRun(written.crontab, zone, now) : null;
};

/** What each entry of a schedule is called. */
const namesOfEntries = (index: CodeIndex, setting: WrittenSetting): ReadonlyMap<Expression, string> => {
  const { file, above } = lookAt(setting, index);
  const entries = entriesOf(valueBehind(setting.value, file, above, index.names));
  return new Map(entries.map(([name, written]) => [valueBehind(written, file, above, index.names), name]));
};

const brief = (value: Expression, file: CodeFile): string => {
  const text = textOf(value, file).replaceAll(/\s+/g, ' ');
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`;
};
