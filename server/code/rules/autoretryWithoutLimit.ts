import type { Expression } from '../../python/syntax.ts';
import type { Rule } from '../rule.ts';
import { isNone } from '../ruleKit.ts';
import { entriesOf } from '../settingsIn.ts';

export const autoretryWithoutLimit: Rule = {
  id: 'autoretry-without-limit',
  severity: 'warning',
  title: 'Unlimited retries',
  why: 'With max_retries=None, a task that cannot succeed is retried forever.',
  project: (index) =>
    index.tasks.flatMap((task) => {
      const file = index.file(task.file);
      const { options, definition } = task;
      if (!file || !options.has('autoretry_for')) return [];
      const limit = options.get('max_retries') ?? inRetryOptions(options.get('retry_kwargs'));
      if (!isNone(limit)) return [];
      const at = { start: definition.nameStart, end: definition.nameStart + definition.name.length };
      return [{ file, at, message: `"${definition.name}" may be retried forever: max_retries is None. Set a limit.` }];
    }),
};

const inRetryOptions = (value: Expression | undefined): Expression | undefined =>
  value && entriesOf(value).find(([key]) => key === 'max_retries')?.[1];
