import type { Found, Rule } from '../rule.ts';
import { constantIn, pathOf } from '../ruleKit.ts';

const ranges: Readonly<Record<string, number>> = { minute: 60, hour: 24 };
const order = ['minute', 'hour'];

export const crontabStepTooLarge: Rule = {
  id: 'crontab-step-too-large',
  severity: 'warning',
  title: 'A step of a crontab that is larger than its range',
  why: 'A step of 60 minutes or more matches minute 0 only, so that the task is due once an hour, whatever the step.',
  node: (look) => {
    const { node } = look;
    if (node.kind !== 'call' || pathOf(node.callee, look) !== 'celery.schedules.crontab') return undefined;
    return node.args.flatMap(({ name, unpacks, value }, at): Found[] => {
      const field = unpacks === '' ? (name ?? order[at]) : undefined;
      const range = field === undefined ? undefined : ranges[field];
      const text = constantIn(value, look);
      if (field === undefined || range === undefined || typeof text !== 'string') return [];
      const step = /^\*\/(\d+)$/.exec(text)?.[1];
      if (step === undefined || Number(step) < range) return [];
      return [
        {
          at: value,
          message: `A step of ${step} is larger than the ${range} ${field}s there are: this matches ${field} 0 only.`,
        },
      ];
    });
  },
};
