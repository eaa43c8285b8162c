import type { CodeIndex } from '../codeIndex.ts';
import type { Rule } from '../rule.ts';
import { isTrue, settingOf } from '../ruleKit.ts';

const partners = ['reject_on_worker_lost', 'retry_on_worker_lost'];

export const acksLateWithoutReject: Rule = {
  id: 'acks-late-without-reject',
  severity: 'info',
  title: 'acks_late without reject_on_worker_lost',
  why: 'If the process of a task is killed, for example when out of memory, its message is acknowledged anyway and the task is lost.',
  project: (index) => [...ofTasks(index), ...ofSettings(index)],
};

const message =
  'The task is lost if its process is killed: acks_late alone does not prevent this. Set reject_on_worker_lost=True if the task may run twice.';

const isGlobal = (index: CodeIndex): boolean => partners.some((name) => settingOf(index, `task_${name}`) !== undefined);

const ofTasks = (index: CodeIndex) =>
  index.tasks.flatMap((task) => {
    const { definition, options, hasAllOptions } = task;
    const file = index.file(task.file);
    if (!file || !isTrue(options.get('acks_late')) || !hasAllOptions) return [];
    if (partners.some((name) => options.has(name)) || options.has('base') || isGlobal(index)) return [];
    return [{ file, at: { start: definition.nameStart, end: definition.nameStart + definition.name.length }, message }];
  });

const ofSettings = (index: CodeIndex) => {
  const setting = settingOf(index, 'task_acks_late', 'CELERY_ACKS_LATE');
  if (!setting || !isTrue(setting.value) || isGlobal(index)) return [];
  return [{ file: setting.file, at: setting, message }];
};
