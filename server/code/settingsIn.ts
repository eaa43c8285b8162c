import type { Argument, Assignment, Call, Expression, Statement } from '../python/syntax.ts';
import { type Ancestors, walk } from '../python/walk.ts';
import type { CeleryObjects } from './celeryObjects.ts';
import type { CodeNames } from './codeNames.ts';
import type { CodeFile } from './facts.ts';
import { statementsIn } from './scopes.ts';

/** One setting of Celery where it is written. */
export interface WrittenSetting {
  /** As Celery's lower-case names have it; an old or an unknown one as it is written. */
  readonly key: string;
  /** As it is written: `CELERY_TASK_ACKS_LATE`. */
  readonly written: string;
  readonly value: Expression;
  readonly file: CodeFile;
  readonly above: Ancestors;
  /** Of the key. */
  readonly start: number;
  readonly end: number;
  /** `module`: of a module that `config_from_object` names; `django`: of Django's settings, with a namespace. */
  readonly form: 'conf' | 'module' | 'django' | 'app';
}

/** What is configured in a file by an app's own `conf`, and in the call that makes the app. */
export const settingsOfConf = (file: CodeFile, objects: CeleryObjects): readonly WrittenSetting[] => {
  const found: WrittenSetting[] = [];
  const add = (key: string, value: Expression, above: Ancestors, start: number, end: number): void => {
    found.push({ key, written: key, value, file, above: [...above], start, end, form: 'conf' });
  };
  walk(file.syntax.body, (node, above) => {
    if (node.kind === 'assign') assigned(node, above, add);
    else if (node.kind === 'call') {
      updated(node, above, add);
      if (objects.isCeleryCall(node, file, above)) found.push(...appArguments(node, file, above));
    }
    return undefined;
  });
  return found;
};

type Add = (key: string, value: Expression, above: Ancestors, start: number, end: number) => void;

const isConf = (node: Expression | undefined): boolean =>
  (node?.kind === 'attribute' && node.name === 'conf') || (node?.kind === 'name' && node.id === 'conf');

const assigned = ({ targets, operator, value }: Assignment, above: Ancestors, add: Add): void => {
  if (operator !== '=' || !value) return;
  for (const target of targets) {
    if (target.kind === 'attribute' && isConf(target.object))
      add(target.name, value, above, target.nameStart, target.end);
    const [owner, key] = target.kind === 'operation' && target.operator === '[]' ? target.operands : [];
    if (isConf(owner) && key?.kind === 'string' && key.value !== null) add(key.value, value, above, key.start, key.end);
  }
};

/** `app.conf.update(a=1)`, `app.conf.update({"a": 1})`, `app.conf.update(dict(a=1))` */
const updated = (call: Call, above: Ancestors, add: Add): void => {
  if (call.callee.kind !== 'attribute' || call.callee.name !== 'update' || !isConf(call.callee.object)) return;
  for (const { name, value, start } of call.args) {
    if (name !== null) add(name, value, above, start, start + name.length);
    else for (const [key, each, from, to] of entriesOf(value)) add(key, each, above, from, to);
  }
};

type Entry = readonly [key: string, value: Expression, start: number, end: number];

export const entriesOf = (value: Expression): readonly Entry[] => {
  if (value.kind === 'dict')
    return value.entries.flatMap(({ key, value: each }): Entry[] =>
      key?.kind === 'string' && key.value !== null ? [[key.value, each, key.start, key.end]] : [],
    );
  if (value.kind === 'call' && value.callee.kind === 'name' && value.callee.id === 'dict')
    return keywordsOf(value.args);
  return [];
};

const keywordsOf = (args: readonly Argument[]): readonly Entry[] =>
  args.flatMap(({ name, value, start }): Entry[] => (name === null ? [] : [[name, value, start, start + name.length]]));

const argumentKeys: Readonly<Record<string, string>> = {
  broker: 'broker_url',
  backend: 'result_backend',
  include: 'include',
  task_cls: 'task_cls',
};

const appArguments = (call: Call, file: CodeFile, above: Ancestors): WrittenSetting[] =>
  call.args.flatMap(({ name, value, start }) => {
    const key = name === null ? undefined : argumentKeys[name];
    return key === undefined || name === null
      ? []
      : [{ key, written: name, value, file, above: [...above], start, end: start + name.length, form: 'app' as const }];
  });

/** Where `config_from_object` finds the settings. */
export interface ConfigSource {
  readonly form: 'module' | 'django';
  readonly namespace: string;
  /** Of whose names the settings are. */
  readonly body: readonly Statement[];
  readonly file: CodeFile;
}

/** What the calls of `config_from_object` in a file name, as far as it is of the workspace. */
export const configSources = (
  file: CodeFile,
  names: CodeNames,
  djangoSettings: readonly CodeFile[],
): ConfigSource[] => {
  const found: ConfigSource[] = [];
  walk(file.syntax.body, (node, above) => {
    if (node.kind !== 'call' || node.callee.kind !== 'attribute' || node.callee.name !== 'config_from_object')
      return undefined;
    const [object] = node.args;
    const given = node.args.find(({ name }) => name === 'namespace')?.value;
    const namespace = given?.kind === 'string' ? (given.value ?? '') : '';
    if (object) found.push(...sourcesOf(object.value, namespace, { file, above }, names, djangoSettings));
    return undefined;
  });
  return found;
};

const sourcesOf = (
  object: Expression,
  namespace: string,
  { file, above }: { readonly file: CodeFile; readonly above: Ancestors },
  names: CodeNames,
  djangoSettings: readonly CodeFile[],
): ConfigSource[] => {
  const form = namespace === '' ? 'module' : 'django';
  const ofFile = (each: CodeFile): ConfigSource => ({ form, namespace, body: each.syntax.body, file: each });
  const named = object.kind === 'string' ? (object.value ?? '') : (names.path(object, file, above) ?? '');
  if (named.startsWith('django.conf')) return djangoSettings.map(ofFile);
  const [module = '', inner] = named.split(':');
  const known = names.module(module);
  if (known && inner === undefined) return [ofFile(known)];
  const meaning = object.kind === 'string' ? null : names.meaning(object, file, above);
  if (meaning?.kind === 'module') return [ofFile(meaning.file)];
  if (meaning?.kind === 'definition' && meaning.statement.kind === 'class')
    return [{ form, namespace, body: meaning.statement.body, file: meaning.file }];
  return [];
};

export const settingsOfSource = ({ form, namespace, body, file }: ConfigSource): readonly WrittenSetting[] => {
  const found: WrittenSetting[] = [];
  const prefix = namespace === '' ? '' : `${namespace}_`;
  for (const statement of statementsIn(body)) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    for (const target of statement.targets) {
      if (target.kind !== 'name' || !target.id.startsWith(prefix)) continue;
      const key = prefix === '' ? target.id : target.id.slice(prefix.length).toLowerCase();
      const { id: written, start, end } = target;
      found.push({ key, written, value: statement.value, file, above: [], start, end, form });
    }
  }
  return found;
};

/** Whether a file is one of Django's settings. */
export const isDjangoSettings = ({ module, scope }: CodeFile): boolean =>
  /(?:^|[._])settings?(?:[._]|$)/.test(module) &&
  [...scope.keys()].some((name) => name === 'INSTALLED_APPS' || name.startsWith('CELERY_'));
