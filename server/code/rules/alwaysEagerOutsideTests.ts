import type { Rule } from '../rule.ts';
import { isTestFile } from '../ruleKit.ts';
import { statementsIn } from '../scopes.ts';
import { eachSetting } from '../settingRules.ts';
import type { WrittenSetting } from '../settingsIn.ts';

export const alwaysEagerOutsideTests: Rule = {
  id: 'always-eager-outside-tests',
  severity: 'warning',
  title: 'Tasks run eagerly outside tests',
  why: 'With task_always_eager, workers are not used: every request waits for its tasks, and no worker retries a task.',
  project: (index) =>
    eachSetting(index, ['task_always_eager', 'celery_always_eager', 'CELERY_ALWAYS_EAGER'], (value, setting) =>
      value === true &&
      !isTestFile(setting.file) &&
      !/(?:^|[._])(?:test|testing|local|dev)/.test(setting.file.module) &&
      !isGuarded(setting)
        ? 'Tasks run in the calling process, not in a worker. Set task_always_eager for tests only.'
        : null,
    ),
};

/** In a branch that may not be taken. */
const isGuarded = ({ file, start, above }: WrittenSetting): boolean =>
  above.some(({ kind }) => kind === 'if' || kind === 'def') ||
  [...statementsIn(file.syntax.body)].some((each) => each.kind === 'if' && each.start <= start && start < each.end);
