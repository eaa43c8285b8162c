import type { Expression } from '../python/syntax.ts';
import type { Ancestors } from '../python/walk.ts';
import type { CodeNames } from './codeNames.ts';
import type { CodeFile } from './facts.ts';

export type ConstantValue = string | number | boolean | null;

const furthest = 8;

/** What an expression is where the text alone tells: literals, names for them, sums and products; undefined otherwise. */
export const constantOf = (
  expression: Expression,
  file: CodeFile,
  above: Ancestors,
  names: CodeNames,
  steps = 0,
): ConstantValue | undefined => {
  if (steps > furthest) return undefined;
  switch (expression.kind) {
    case 'string':
      return expression.value ?? undefined;
    case 'number':
      return Number.isNaN(expression.value) ? undefined : expression.value;
    case 'constant':
      return expression.value;
    case 'name':
    case 'attribute': {
      const meaning = names.meaning(expression, file, above);
      return meaning?.kind === 'value'
        ? constantOf(meaning.value, meaning.file, meaning.above, names, steps + 1)
        : undefined;
    }
    case 'operation': {
      const values = expression.operands.map((each) => constantOf(each, file, above, names, steps + 1));
      return calculated(expression.operator, values);
    }
    default:
      return undefined;
  }
};

const calculated = (
  operator: string,
  [left, right]: readonly (ConstantValue | undefined)[],
): ConstantValue | undefined => {
  if (operator === '-' && right === undefined && typeof left === 'number') return -left;
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.floor(left / right);
    case '**':
      return left ** right;
    case '<<':
      return left * 2 ** right;
    default:
      return undefined;
  }
};
