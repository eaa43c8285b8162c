import type { LiveFacts, WorkerFacts } from '../api/codePages.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import type { Expression } from '../python/syntax.ts';
import type { CodeIndex } from './codeIndex.ts';
import type { CodeTask } from './facts.ts';
import { constantIn, isTestFile, lookAt, numberIn } from './ruleKit.ts';
import type { WrittenSetting } from './settingsIn.ts';

/** Where code and workers differ: what, what to do, and where in the code; null: it is not about a place. */
export interface FoundDrift {
  readonly kind: DriftKind;
  readonly what: Phrase;
  readonly advice: Phrase;
  readonly at: { readonly file: string; readonly start: number; readonly end: number } | null;
}

type DriftKind =
  | 'task-not-registered'
  | 'task-not-in-code'
  | 'settings-differ'
  | 'setting-not-deployed'
  | 'queue-not-consumed'
  | 'runtime-near-limit';

/** Differences that are no choice between workers of one app. */
const compared = [
  'accept_content',
  'enable_utc',
  'result_serializer',
  'task_acks_late',
  'task_default_queue',
  'task_ignore_result',
  'task_reject_on_worker_lost',
  'task_serializer',
  'timezone',
];

/**
 * Only what is certain: the workers have to run this very code, by the tasks that they know, and whatever may be made while a
 * program runs is left alone.
 */
export const driftOf = (index: CodeIndex, facts: LiveFacts): readonly FoundDrift[] => {
  const own = facts.workers.filter((worker) => runsThisCode(worker, index));
  return own.length === 0
    ? []
    : [
        ...(facts.isComplete ? notRegistered(index, own) : []),
        ...notInCode(index, own),
        ...settingsDiffer(own),
        ...notDeployed(index, own),
        ...(facts.isComplete ? notConsumed(index, facts.workers, own) : []),
        ...nearLimit(index, facts.p95Seconds, own),
      ];
};

const isBuiltIn = (name: string): boolean => name.startsWith('celery.');

const runsThisCode = ({ tasks }: WorkerFacts, index: CodeIndex): boolean => {
  const named = tasks.filter((name) => !isBuiltIn(name));
  const known = named.filter((name) => index.task(name)).length;
  return known > 0 && known * 2 >= named.length;
};

/** A worker that knows other tasks of the same file has imported it: as it was before. */
const notRegistered = (index: CodeIndex, workers: readonly WorkerFacts[]): FoundDrift[] => {
  const known = new Set(workers.flatMap(({ tasks }) => tasks));
  const imported = new Set([...known].flatMap((name) => index.task(name)?.file ?? []));
  return index.tasks
    .filter((task) => !known.has(task.name) && imported.has(task.file) && !isInTests(task, index))
    .map((task) => ({
      kind: 'task-not-registered',
      what: phrase('drift.notRegistered', { task: task.name }),
      advice: phrase('drift.restartWorkers'),
      at: nameOf(task),
    }));
};

/** The name has to be gone from the file: a task may be made in other ways than can be read. */
const notInCode = (index: CodeIndex, workers: readonly WorkerFacts[]): FoundDrift[] => {
  const names = new Set(workers.flatMap(({ tasks }) => tasks));
  return [...names].flatMap((name): FoundDrift[] => {
    const cut = name.lastIndexOf('.');
    const file = cut < 0 ? undefined : index.names.module(name.slice(0, cut));
    if (!file || index.task(name) || isBuiltIn(name) || file.syntax.unreadableAt !== null) return [];
    if (file.syntax.text === '' || file.syntax.text.includes(name.slice(cut + 1))) return [];
    const [worker] = workers.filter(({ tasks }) => tasks.includes(name));
    return [
      {
        kind: 'task-not-in-code',
        what: phrase('drift.notInCode', { task: name, worker: worker?.hostname ?? '' }),
        advice: phrase('drift.restartOrUpdate'),
        at: { file: file.path, start: 0, end: 0 },
      },
    ];
  });
};

const settingsDiffer = (workers: readonly WorkerFacts[]): FoundDrift[] => {
  const [first, ...others] = workers.filter(({ settings }) => settings !== null);
  if (!first) return [];
  return compared.flatMap((setting): FoundDrift[] => {
    const other = others.find((each) => settingText(each, setting) !== settingText(first, setting));
    if (!other) return [];
    const values = {
      setting,
      value: shownValue(first, setting),
      worker: first.hostname,
      otherValue: shownValue(other, setting),
      other: other.hostname,
    };
    return [
      {
        kind: 'settings-differ',
        what: phrase('drift.settings', values),
        advice: phrase('drift.sameSettings'),
        at: null,
      },
    ];
  });
};

const settingText = ({ settings }: WorkerFacts, setting: string): string | undefined => {
  const value = settings?.[setting];
  return value === undefined || value === null ? undefined : JSON.stringify(value);
};

const shownValue = (worker: WorkerFacts, setting: string): string => settingText(worker, setting) ?? 'default';

/** Only of a setting that is written once, outside of conditions, as a constant. */
const notDeployed = (index: CodeIndex, workers: readonly WorkerFacts[]): FoundDrift[] =>
  compared.flatMap((key): FoundDrift[] => {
    const written = index.settings.filter((setting) => setting.key.toLowerCase() === key);
    const [only] = written;
    if (!only || written.length > 1 || !isUnconditional(only)) return [];
    const value = constantIn(only.value, lookAt(only, index));
    if (value === undefined || value === null) return [];
    const other = workers.find((each) => each.settings !== null && settingText(each, key) !== JSON.stringify(value));
    if (!other) return [];
    const values = {
      setting: key,
      value: JSON.stringify(value),
      worker: other.hostname,
      otherValue: shownValue(other, key),
    };
    return [
      {
        kind: 'setting-not-deployed',
        what: phrase('drift.setting', values),
        advice: phrase('drift.restartWorkers'),
        at: { file: only.file.path, start: only.start, end: only.end },
      },
    ];
  });

const isUnconditional = ({ above, file, form }: WrittenSetting): boolean =>
  !isTestFile(file) &&
  form !== 'module' &&
  above.every(({ kind }) => kind !== 'if' && kind !== 'try' && kind !== 'def');

const notConsumed = (index: CodeIndex, all: readonly WorkerFacts[], own: readonly WorkerFacts[]): FoundDrift[] => {
  const consumed = new Set(all.flatMap(({ queues }) => queues));
  if (consumed.size === 0) return [];
  return registeredTasks(index, own).flatMap((task): FoundDrift[] => {
    const option = task.options.get('queue');
    const queue = option && constantOfOption(option, task, index);
    if (!option || typeof queue !== 'string' || consumed.has(queue)) return [];
    return [
      {
        kind: 'queue-not-consumed',
        what: phrase('drift.queue', { queue, task: task.name }),
        advice: phrase('advice.queueUnconsumed'),
        at: { file: task.file, start: option.start, end: option.end },
      },
    ];
  });
};

/** Tasks that take longer are ended, so that no run takes much longer than its limit. */
const shareOfLimit = 0.9;

const nearLimit = (
  index: CodeIndex,
  p95Seconds: Readonly<Record<string, number>>,
  own: readonly WorkerFacts[],
): FoundDrift[] =>
  registeredTasks(index, own).flatMap((task): FoundDrift[] => {
    const option = task.options.get('soft_time_limit') ?? task.options.get('time_limit');
    const file = index.file(task.file);
    const limit = option && file ? numberIn(option, { file, above: [], index }) : null;
    const p95 = Object.hasOwn(p95Seconds, task.name) ? p95Seconds[task.name] : undefined;
    if (!option || limit === null || limit <= 0 || p95 === undefined || p95 < limit * shareOfLimit) return [];
    return [
      {
        kind: 'runtime-near-limit',
        what: phrase('drift.limit', { task: task.name, p95, limit }),
        advice: phrase('advice.timeoutRate'),
        at: { file: task.file, start: option.start, end: option.end },
      },
    ];
  });

const constantOfOption = (option: Expression, { file: path }: CodeTask, index: CodeIndex) => {
  const file = index.file(path);
  return file && constantIn(option, { file, above: [], index });
};

const registeredTasks = (index: CodeIndex, workers: readonly WorkerFacts[]): readonly CodeTask[] => {
  const known = new Set(workers.flatMap(({ tasks }) => tasks));
  return index.tasks.filter(({ name }) => known.has(name));
};

const isInTests = ({ file }: CodeTask, index: CodeIndex): boolean => {
  const own = index.file(file);
  return own !== undefined && isTestFile(own);
};

const nameOf = ({ file, definition: { nameStart, name } }: CodeTask) => ({
  file,
  start: nameStart,
  end: nameStart + name.length,
});
