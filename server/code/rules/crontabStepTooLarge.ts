import type { Found, Rule } from '../rule.ts';
import { constantIn, pathOf } from '../ruleKit.ts';

const ranges: Readonly<Record<string, number>> = { minute: 60, hour: 24 };
const order = ['minute', 'hour'];

export const crontabStepTooLarge: Rule = {
  id: 'crontab-step-too-large',
  severity: 'warning',
  title: 'Crontab step larger than its range',
  why: 'A step of 60 minutes or more matches only minute 0, so the task is due once an hour regardless of the step.',
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
          message: `A step of ${step} is larger than the range of ${range} ${field}s: this matches only ${field} 0.`,
        },
      ];
    });
  },
};
