import type { Expression, FunctionDefinition, Statement } from '../python/syntax.ts';
import type { Look } from './rule.ts';
import { statementsIn } from './scopes.ts';

/** Whether a decorator of the workspace returns what it is given, such as one that only sets an attribute of it. */
export const returnsItsArgument = (decorator: Expression, look: Look): boolean => {
  const callee = decorator.kind === 'call' ? decorator.callee : decorator;
  const definition = definitionOf(callee, look);
  if (!definition) return false;
  const own = decorator.kind === 'call' ? innerOf(definition) : definition;
  return own?.parameters.some(({ name }) => returnsOnly(own, name)) ?? false;
};

const definitionOf = (callee: Expression, { file, above, index }: Look): FunctionDefinition | null => {
  const meaning = index.names.meaning(callee, file, above);
  if (meaning?.kind === 'definition' && meaning.statement.kind === 'def') return meaning.statement;
  if (callee.kind !== 'attribute') return null;
  const owner = index.names.meaning(callee.object, file, above);
  if (owner?.kind !== 'definition' || owner.statement.kind !== 'class') return null;
  return functionIn(owner.statement.body, callee.name);
};

/** The function that a factory of decorators returns. */
const innerOf = ({ body }: FunctionDefinition): FunctionDefinition | null => {
  const [returned] = returnedBy(body);
  return returned?.kind === 'name' ? functionIn(body, returned.id) : null;
};

const functionIn = (body: readonly Statement[], name: string): FunctionDefinition | null =>
  [...statementsIn(body)].find((each): each is FunctionDefinition => each.kind === 'def' && each.name === name) ?? null;

const returnsOnly = ({ body }: FunctionDefinition, name: string): boolean => {
  const returned = returnedBy(body);
  return returned.length > 0 && returned.every((each) => each?.kind === 'name' && each.id === name);
};

/** What its own `return` statements give; null for a bare one. */
const returnedBy = (body: readonly Statement[]): readonly (Expression | null)[] =>
  [...statementsIn(body)].flatMap((each) => (each.kind === 'return' ? [each.value] : []));
