import type { Rule } from '../rule.ts';
import { enclosingTask, hasUnpacked, isNone, keyword, pathOf, positional } from '../ruleKit.ts';

const requests = /^requests\.(?:api\.)?(?:get|post|put|patch|delete|head|options|request)$/;
const urlopen = /^urllib\.request\.urlopen$/;
const httpx = /^httpx\.(?:get|post|put|patch|delete|head|options|request|stream|Client|AsyncClient)$/;
const thirdPlace = 2;

export const requestsWithoutTimeout: Rule = {
  id: 'requests-without-timeout',
  severity: 'warning',
  title: 'Request without a timeout in a task',
  why: 'A server that does not answer blocks the worker process forever.',
  node: (look) => {
    const { node, above, index } = look;
    if (node.kind !== 'call') return undefined;
    const path = pathOf(node.callee, look) ?? '';
    const isHttpx = httpx.test(path);
    if ((!requests.test(path) && !urlopen.test(path) && !isHttpx) || hasUnpacked(node)) return undefined;
    const timeout = keyword(node, 'timeout');
    const isMissing = isHttpx
      ? isNone(timeout?.value)
      : timeout === undefined
        ? !(urlopen.test(path) && positional(node).length > thirdPlace)
        : isNone(timeout.value);
    if (!isMissing || !enclosingTask(above, index)) return undefined;
    const last = node.args.at(-1);
    const fix = timeout || !last ? [] : [{ start: last.end, end: last.end, text: ', timeout=30' }];
    return [
      {
        at: node.callee,
        message: 'This can block the worker forever: the request has no timeout. Add timeout= in seconds.',
        fix,
      },
    ];
  },
};
