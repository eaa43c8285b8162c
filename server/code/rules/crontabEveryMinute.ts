import type { Rule } from '../rule.ts';
import { hasUnpacked, keyword, pathOf, positional } from '../ruleKit.ts';

export const crontabEveryMinute: Rule = {
  id: 'crontab-every-minute',
  severity: 'warning',
  title: 'Crontab with an hour but no minute',
  why: 'The minute of a crontab defaults to *, so the task is due every minute of that hour.',
  node: (look) => {
    const { node } = look;
    if (node.kind !== 'call' || pathOf(node.callee, look) !== 'celery.schedules.crontab') return undefined;
    const hour = keyword(node, 'hour');
    if (!hour || keyword(node, 'minute') || hasUnpacked(node) || positional(node).length > 0) return undefined;
    if (hour.value.kind === 'string' && hour.value.value === '*') return undefined;
    return [
      {
        at: node.callee,
        message: 'This runs every minute of the hour: the minute of a crontab defaults to *. Add minute=0.',
        fix: [{ start: hour.start, end: hour.start, text: 'minute=0, ' }],
      },
    ];
  },
};
