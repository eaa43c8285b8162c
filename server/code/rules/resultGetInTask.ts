import type { Call, Expression } from '../../python/syntax.ts';
import type { Look, Rule } from '../rule.ts';
import { enclosingTask, keyword, meantBy, pathOf } from '../ruleKit.ts';

const waiting = new Set(['get', 'join', 'join_native', 'wait']);
const sends = new Set(['delay', 'apply_async']);
const results = /^celery\.(?:result\.)?(?:AsyncResult|GroupResult|ResultSet)$/;
const canvases = /^celery\.(?:canvas\.)?(?:group|chain|chord|signature)$/;
const furthest = 4;

export const resultGetInTask: Rule = {
  id: 'result-get-in-task',
  severity: 'error',
  title: 'Task waits for the result of another task',
  why: 'The task occupies a slot that the other task may need: once all slots wait, none of the tasks finishes.',
  node: (look) => {
    const { node, above, index } = look;
    if (node.kind !== 'call' || node.callee.kind !== 'attribute' || !waiting.has(node.callee.name)) return undefined;
    if (!enclosingTask(above, index) || isAllowed(look) || !isResult(node.callee.object, look)) return undefined;
    const at = { start: node.callee.nameStart, end: node.callee.end };
    const message = `This can deadlock: the task occupies a slot while it waits for another task. Use a chain, a chord or a callback instead of ${node.callee.name}().`;
    return [{ at, message }];
  },
};

const isAllowed = (look: Look): boolean => {
  const { node, above } = look;
  const sync = node.kind === 'call' ? keyword(node, 'disable_sync_subtasks') : undefined;
  if (sync?.value.kind === 'constant' && sync.value.value === false) return true;
  return above.some(
    (each) =>
      each.kind === 'with' &&
      each.items.some(
        ({ value }) => value.kind === 'call' && pathOf(value.callee, look) === 'celery.result.allow_join_result',
      ),
  );
};

/** Whether an expression is the result of a task that was sent. */
const isResult = (value: Expression, look: Omit<Look, 'node'>, steps = 0): boolean => {
  if (steps > furthest) return false;
  if (value.kind === 'name') {
    const meant = meantBy(value, look);
    return meant !== null && isResult(meant.value, meant.look, steps + 1);
  }
  if (value.kind !== 'call') return false;
  return makesResult(value, look, steps);
};

const makesResult = (value: Call, look: Omit<Look, 'node'>, steps: number): boolean => {
  const { callee } = value;
  if (results.test(pathOf(callee, look) ?? '')) return true;
  if (callee.kind !== 'attribute') return callee.kind === 'call' && isCanvas(callee, look, steps + 1);
  if (callee.name === 'AsyncResult')
    return (
      look.index.taskOf(callee.object, look.file, look.above) !== null ||
      look.index.objects.isApp({ node: callee.object, file: look.file, above: look.above })
    );
  if (callee.name === 'send_task')
    return look.index.objects.isApp({ node: callee.object, file: look.file, above: look.above });
  if (!sends.has(callee.name)) return false;
  return look.index.taskOf(callee.object, look.file, look.above) !== null || isCanvas(callee.object, look, steps + 1);
};

/** `group(…)`, `add.s(1) | mul.s(2)`, `add.si()` */
const isCanvas = (value: Expression, look: Omit<Look, 'node'>, steps: number): boolean => {
  if (steps > furthest) return false;
  if (value.kind === 'name') {
    const meaning = look.index.names.meaning(value, look.file, look.above);
    return (
      meaning?.kind === 'value' &&
      isCanvas(meaning.value, { ...look, file: meaning.file, above: meaning.above }, steps + 1)
    );
  }
  if (value.kind === 'operation')
    return value.operator === '|' && value.operands.some((each) => isCanvas(each, look, steps + 1));
  if (value.kind !== 'call') return false;
  if (canvases.test(pathOf(value.callee, look) ?? '')) return true;
  const { callee } = value;
  return (
    callee.kind === 'attribute' &&
    ['s', 'si', 'signature', 'subtask'].includes(callee.name) &&
    look.index.taskOf(callee.object, look.file, look.above) !== null
  );
};
