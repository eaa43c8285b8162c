import type { Rule } from '../rule.ts';
import { enclosingTask, pathOf } from '../ruleKit.ts';

const makers =
  /^(?:multiprocessing\.(?:pool\.)?(?:Pool|Process)|concurrent\.futures\.(?:process\.)?ProcessPoolExecutor)$/;

export const multiprocessingInTask: Rule = {
  id: 'multiprocessing-in-task',
  severity: 'error',
  title: 'multiprocessing in a task',
  why: 'Prefork processes are daemonic and cannot have children: the call raises an AssertionError.',
  node: (look) => {
    const { node, above, index } = look;
    if (node.kind !== 'call' || !makers.test(pathOf(node.callee, look) ?? '') || !enclosingTask(above, index))
      return undefined;
    return [
      {
        at: node.callee,
        message:
          'This fails in a prefork worker: its processes cannot have children. Use billiard, threads or a group of tasks.',
      },
    ];
  },
};
