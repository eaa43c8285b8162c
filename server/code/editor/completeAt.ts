import { settingTypes } from '../celerySettings.ts';
import type { CodeIndex } from '../codeIndex.ts';
import type { CodeFile } from '../facts.ts';
import { isDjangoSettings } from '../settingsIn.ts';
import { settingDocs } from './celerySettingDocs.ts';
import { crontabEntries, crontabKeywords, sendingOptions, taskOptions } from './optionEntries.ts';
import { queueNames } from './queueNames.ts';
import { parameterTexts } from './taskCard.ts';
import { taskOfCallee } from './taskOfCallee.ts';
import { typedAt } from './typedAt.ts';
import { type Wanted, wantedAt } from './wantedAt.ts';

export interface Entry {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly documentation: string;
}

interface Completion {
  readonly wanted: 'task' | 'queue' | 'setting' | 'crontab' | 'option';
  /** What an entry replaces. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly Entry[];
}

/** What can be typed at a place of a file, whose text may be newer than the index and broken; null: nothing of Celery's. */
export const completeAt = (index: CodeIndex, file: CodeFile, offset: number): Completion | null => {
  const typed = typedAt(file.syntax.text, offset);
  const wanted = typed && wantedAt(typed);
  if (!wanted) return null;
  const items = entriesFor(wanted, index, file, offset);
  if (items === null) return null;
  return { wanted: wanted.kind === 'parameter' ? 'option' : wanted.kind, start: typed.start, end: typed.end, items };
};

const entriesFor = (wanted: Wanted, index: CodeIndex, file: CodeFile, offset: number): readonly Entry[] | null => {
  switch (wanted.kind) {
    case 'task':
      return index.tasks.map((task) => plain(task.name, `${task.function}() in ${task.file}`));
    case 'queue':
      return queueNames(index).map((name) => plain(name, ''));
    case 'setting':
      return settingEntries(wanted.form, index, file);
    case 'crontab':
      return wanted.field === null ? crontabKeywords : crontabEntries(wanted.field);
    case 'option':
      return wanted.of === 'task' ? taskOptions : sendingOptions;
    case 'parameter':
      return parameterEntries(wanted.callee, index, file, offset);
    default:
      return wanted satisfies never;
  }
};

const plain = (label: string, detail: string): Entry => ({ label, insert: label, detail, documentation: '' });

const settingEntries = (
  form: Extract<Wanted, { kind: 'setting' }>['form'],
  index: CodeIndex,
  file: CodeFile,
): readonly Entry[] | null => {
  const prefix = form === 'module' ? modulePrefix(index, file) : '';
  if (prefix === null) return null;
  return [...settingTypes].map(([key, type]) => {
    const label = prefix === '' ? key : `${prefix}${key.toUpperCase()}`;
    const { standard = '', text = '' } = settingDocs.get(key) ?? {};
    const insert = form === 'keyword' ? `${label}=` : form === 'module' ? `${label} = ` : label;
    return { label, insert, detail: `${type} = ${standard}`, documentation: text };
  });
};

/** What settings begin with in a module of settings: nothing, or Django's namespace; null: it is no such module. */
const modulePrefix = (index: CodeIndex, file: CodeFile): string | null => {
  const written = index.settings.find((setting) => setting.file === file && /^(?:module|django)$/.test(setting.form));
  if (written) return written.form === 'module' ? '' : written.written.slice(0, -written.key.length);
  if (/(?:^|\/)celery_?config\.py$/.test(file.path)) return '';
  if (!isDjangoSettings(file)) return null;
  const other = index.settings.find(({ form }) => form === 'django');
  return other ? other.written.slice(0, -other.key.length) : 'CELERY_';
};

const parameterEntries = (
  callee: string,
  index: CodeIndex,
  file: CodeFile,
  offset: number,
): readonly Entry[] | null => {
  const task = taskOfCallee(callee.slice(0, callee.lastIndexOf('.')), index, file, offset);
  if (!task) return null;
  return parameterTexts(index, task)
    .filter((text) => !text.startsWith('*'))
    .map((text) => {
      const name = /^\w+/.exec(text)?.[0] ?? '';
      return { label: `${name}=`, insert: `${name}=`, detail: text, documentation: '' };
    });
};
