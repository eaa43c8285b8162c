import type { Rule } from '../rule.ts';
import { isTestFile } from '../ruleKit.ts';
import { statementsIn } from '../scopes.ts';
import { eachSetting } from '../settingRules.ts';
import type { WrittenSetting } from '../settingsIn.ts';

export const alwaysEagerOutsideTests: Rule = {
  id: 'always-eager-outside-tests',
  severity: 'warning',
  title: 'Tasks that run where they are sent',
  why: 'With task_always_eager no worker is used: requests wait for every task, and no task is ever retried by a worker.',
  project: (index) =>
    eachSetting(index, ['task_always_eager', 'celery_always_eager', 'CELERY_ALWAYS_EAGER'], (value, setting) =>
      value === true &&
      !isTestFile(setting.file) &&
      !/(?:^|[._])(?:test|testing|local|dev)/.test(setting.file.module) &&
      !isGuarded(setting)
        ? 'No worker runs any task: they run where they are sent. Set task_always_eager for tests only.'
        : null,
    ),
};

/** In a branch that may not be taken. */
const isGuarded = ({ file, start, above }: WrittenSetting): boolean =>
  above.some(({ kind }) => kind === 'if' || kind === 'def') ||
  [...statementsIn(file.syntax.body)].some((each) => each.kind === 'if' && each.start <= start && start < each.end);
