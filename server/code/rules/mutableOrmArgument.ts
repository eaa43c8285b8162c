import type { Expression } from '../../python/syntax.ts';
import type { Ancestors } from '../../python/walk.ts';
import type { Look, Rule } from '../rule.ts';
import { pathOf, sendingCall } from '../ruleKit.ts';

const sends = new Set(['delay', 'delay_on_commit', 's', 'si']);
const single = /^(?:get|first|last|latest|earliest|create)$/;

export const mutableOrmArgument: Rule = {
  id: 'mutable-orm-argument',
  severity: 'info',
  title: 'Model instance as a task argument',
  why: 'A model instance is not JSON-serializable, and its row may change before the task runs. Send its key and load the row in the task.',
  node: (look) => {
    const sent = sendingCall(look.node, look, sends);
    if (!sent) return undefined;
    return sent.call.args
      .filter(({ value }) => isInstance(value, look))
      .map(({ value }) => ({
        at: value,
        message: 'This is a model instance. Send its key, such as .pk, and load the row in the task.',
      }));
  },
};

const isInstance = (value: Expression, look: Omit<Look, 'node'>): boolean => {
  if (value.kind === 'call') return makesInstance(value, look);
  if (value.kind !== 'name') return false;
  const meaning = look.index.names.meaning(value, look.file, look.above);
  if (meaning?.kind === 'value') return meaning.value.kind === 'call' && makesInstance(meaning.value, look);
  return meaning === null && (isLoopVariable(value.id, look.above, look) || hasModelAnnotation(value.id, look));
};

/** `Order.objects.get(…)`, `get_object_or_404(…)` */
const makesInstance = (call: Extract<Expression, { kind: 'call' }>, look: Omit<Look, 'node'>): boolean => {
  if (/^django\.shortcuts\.get_object_or_404$/.test(pathOf(call.callee, look) ?? '')) return true;
  return call.callee.kind === 'attribute' && single.test(call.callee.name) && isQuerySet(call.callee.object);
};

const isQuerySet = (value: Expression): boolean => {
  if (value.kind === 'attribute') return value.name === 'objects';
  if (value.kind !== 'call' || value.callee.kind !== 'attribute') return false;
  return (
    !/^(?:values|values_list|dates|datetimes|aggregate|count|exists|in_bulk)$/.test(value.callee.name) &&
    isQuerySet(value.callee.object)
  );
};

const isLoopVariable = (name: string, above: Ancestors, look: Omit<Look, 'node'>): boolean =>
  above.some(
    (each) =>
      (each.kind === 'for' &&
        each.target.kind === 'name' &&
        each.target.id === name &&
        isQuerySetIn(each.iterates, look)) ||
      (each.kind === 'comprehension' &&
        each.clauses.some(
          ({ target, value }) => target?.kind === 'name' && target.id === name && isQuerySetIn(value, look),
        )),
  );

const isQuerySetIn = (value: Expression, look: Omit<Look, 'node'>): boolean => {
  const meaning = value.kind === 'name' ? look.index.names.meaning(value, look.file, look.above) : null;
  return isQuerySet(meaning?.kind === 'value' ? meaning.value : value);
};

/** `def notify(order: Order)`, where Order is a model. */
const hasModelAnnotation = (name: string, look: Omit<Look, 'node'>): boolean => {
  for (const each of look.above.toReversed()) {
    const parameter = each.kind === 'def' ? each.parameters.find((one) => one.name === name) : undefined;
    if (!parameter) continue;
    if (!parameter.annotation) return false;
    const meaning = look.index.names.meaning(parameter.annotation, look.file, []);
    const bases = meaning?.kind === 'definition' && meaning.statement.kind === 'class' ? meaning.statement.bases : [];
    return meaning?.kind === 'definition' && bases.some(({ value }) => isModel(look, value, meaning.file));
  }
  return false;
};

const isModel = (look: Omit<Look, 'node'>, value: Expression, file: Look['file']): boolean =>
  look.index.names.path(value, file, []) === 'django.db.models.Model';
