import { LineMap } from '../python/lineMap.ts';
import type { Attribute, Call, Expression, Syntax } from '../python/syntax.ts';
import { type Ancestors, walk } from '../python/walk.ts';
import type { CeleryObjects } from './celeryObjects.ts';
import type { CodeNames } from './codeNames.ts';
import { constantOf } from './constantOf.ts';
import type { CodeFile, CodeTask, CodeUse, UseKind } from './facts.ts';
import { entriesOf, type WrittenSetting } from './settingsIn.ts';

/** Says which task an expression is, where it is one. */
export type TaskOf = (node: Expression, file: CodeFile, above: Ancestors) => CodeTask | string | null;

const methods: Readonly<Record<string, UseKind>> = {
  delay: 'delay',
  apply_async: 'apply_async',
  delay_on_commit: 'delay_on_commit',
  apply_async_on_commit: 'apply_async_on_commit',
  s: 's',
  si: 'si',
  signature: 'signature',
  subtask: 'subtask',
};

/** The methods of a task that send it, or make a signature of it. */
export const sendingMethods: ReadonlySet<string> = new Set(Object.keys(methods));

const signatureMakers = /^celery\.(?:canvas\.)?(?:maybe_)?(signature|subtask|Signature)$/;

/** What in a file sends a task, makes a signature of it, or calls it. */
export const usesIn = (
  file: CodeFile,
  names: CodeNames,
  objects: CeleryObjects,
  taskOf: TaskOf,
): readonly CodeUse[] => {
  const lines = new LineMap(file.syntax.text);
  const uses: CodeUse[] = [];
  const add = (kind: UseKind, task: CodeTask | string | null, start: number, end: number): void => {
    if (task === null) return;
    const isByName = typeof task === 'string';
    uses.push({
      kind,
      file: file.path,
      line: lines.line(start),
      task: isByName ? task : task.name,
      start,
      end,
      isByName,
    });
  };
  walk(file.syntax.body, (node: Syntax, above) => {
    if (node.kind === 'attribute') {
      const kind = Object.hasOwn(methods, node.name) ? methods[node.name] : undefined;
      if (kind) add(kind, taskOf(node.object, file, above), node.nameStart, node.end);
    } else if (node.kind === 'call') {
      const named = nameCall(node, file, above, names, objects);
      if (named) add(named.kind, named.task, named.start, named.end);
      else if (!isDecorator(node, above)) add('call', calledTask(node, file, above, taskOf), node.start, node.end);
    }
    return undefined;
  });
  return uses;
};

const isDecorator = (node: Call, above: Ancestors): boolean => {
  const holder = above.at(-1);
  return (holder?.kind === 'def' || holder?.kind === 'class') && holder.decorators.includes(node);
};

const calledTask = (node: Call, file: CodeFile, above: Ancestors, taskOf: TaskOf): CodeTask | null => {
  const task =
    node.callee.kind === 'name' || node.callee.kind === 'attribute' ? taskOf(node.callee, file, above) : null;
  return task === null || typeof task === 'string' || task.definition.kind === 'class' ? null : task;
};

interface NameCall {
  readonly kind: UseKind;
  readonly task: string;
  readonly start: number;
  readonly end: number;
}

/** `app.send_task("name")`, `signature("name")` and the like: what names its task in a string. */
export const nameCall = (
  node: Call,
  file: CodeFile,
  above: Ancestors,
  names: CodeNames,
  objects: CeleryObjects,
): NameCall | null => {
  const kind = nameCallKind(node, file, above, names, objects);
  if (kind === null) return null;
  const argument = node.args.find(
    ({ name, unpacks }, at) =>
      unpacks === '' && (name === 'name' || name === 'varies' || name === 'task' || (at === 0 && name === null)),
  );
  const task = argument && constantOf(argument.value, file, above, names);
  return argument && typeof task === 'string'
    ? { kind, task, start: argument.value.start, end: argument.value.end }
    : null;
};

const nameCallKind = (
  node: Call,
  file: CodeFile,
  above: Ancestors,
  names: CodeNames,
  objects: CeleryObjects,
): UseKind | null => {
  const path = names.calledPath(node, file, above);
  const maker = path === null ? null : signatureMakers.exec(path);
  if (maker) return maker[1] === 'subtask' ? 'subtask' : 'signature';
  const { callee } = node;
  if (callee.kind !== 'attribute') return null;
  if (callee.name !== 'send_task' && callee.name !== 'signature') return null;
  if (!objects.isApp({ node: callee.object, file, above }) && !isAppOfTask(callee)) return null;
  return callee.name;
};

/** `self.app.send_task(…)` in a bound task. */
const isAppOfTask = ({ object }: Attribute): boolean => object.kind === 'attribute' && object.name === 'app';

/** The tasks that `beat_schedule` runs and that `task_routes` and `task_annotations` name. */
export const usesOfSettings = (
  settings: readonly WrittenSetting[],
  names: CodeNames,
  taskOf: TaskOf,
): readonly CodeUse[] =>
  settings.flatMap((setting) => {
    const key = setting.key.toLowerCase();
    const { file, above } = setting;
    const lines = new LineMap(file.syntax.text);
    const use = (kind: UseKind, task: string, start: number, end: number): CodeUse => ({
      kind,
      file: file.path,
      line: lines.line(start),
      task,
      start,
      end,
      isByName: true,
    });
    if (key === 'beat_schedule' || key === 'celerybeat_schedule')
      return scheduleEntries(setting, names).flatMap(({ value }) => {
        const task = taskNameOf(value, file, above, names, taskOf);
        return task === null ? [] : [use('schedule', task, value.start, value.end)];
      });
    if (key !== 'task_routes' && key !== 'celery_routes' && key !== 'task_annotations' && key !== 'celery_annotations')
      return [];
    return routeKeys(valueBehind(setting.value, file, above, names)).flatMap(([task, start, end]) =>
      task.includes('*') ? [] : [use('route', task, start, end)],
    );
  });

/** What a name for a value stands for, where it is one. */
export const valueBehind = (value: Expression, file: CodeFile, above: Ancestors, names: CodeNames): Expression => {
  const meaning = value.kind === 'name' || value.kind === 'attribute' ? names.meaning(value, file, above) : null;
  return meaning?.kind === 'value' && meaning.file === file ? meaning.value : value;
};

export interface ScheduleEntry {
  readonly entry: Expression;
  /** Of the key `task`. */
  readonly value: Expression;
}

/** The entries of `beat_schedule` that say what they run. */
export const scheduleEntries = (setting: WrittenSetting, names: CodeNames): readonly ScheduleEntry[] => {
  const { file, above } = setting;
  return entriesOf(valueBehind(setting.value, file, above, names)).flatMap(([, written]) => {
    const entry = valueBehind(written, file, above, names);
    const found = entriesOf(entry).find(([key]) => key === 'task');
    return found ? [{ entry, value: found[1] }] : [];
  });
};

const taskNameOf = (
  value: Expression,
  file: CodeFile,
  above: Ancestors,
  names: CodeNames,
  taskOf: TaskOf,
): string | null => {
  const constant = constantOf(value, file, above, names);
  if (typeof constant === 'string') return constant;
  if (value.kind !== 'attribute' || value.name !== 'name') return null;
  const task = taskOf(value.object, file, above);
  return task === null || typeof task === 'string' ? task : task.name;
};

type RouteKey = readonly [task: string, start: number, end: number];

const routeKeys = (value: Expression): readonly RouteKey[] => {
  if (value.kind === 'list' || value.kind === 'tuple')
    return value.items.flatMap((item): readonly RouteKey[] => {
      const [first] = item.kind === 'tuple' || item.kind === 'list' ? item.items : [];
      if (first?.kind === 'string' && first.value !== null) return [[first.value, first.start, first.end]];
      return routeKeys(item);
    });
  return entriesOf(value).map(([key, , start, end]) => [key, start, end]);
};
