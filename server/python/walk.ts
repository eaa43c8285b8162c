import type { Argument, Expression, Parameter, Statement, Syntax } from './syntax.ts';

/** The parts of an expression or a statement that are expressions or statements themselves, in their order. */
const partsOf = (node: Syntax): readonly Syntax[] => {
  switch (node.kind) {
    case 'name':
    case 'number':
    case 'constant':
    case 'unreadable':
    case 'import':
      return [];
    case 'attribute':
      return [node.object];
    case 'call':
      return [node.callee, ...valuesOf(node.args)];
    case 'string':
      return node.expressions;
    case 'list':
    case 'tuple':
    case 'set':
      return node.items;
    case 'dict':
      return node.entries.flatMap(({ key, value }) => (key ? [key, value] : [value]));
    case 'operation':
      return node.operands;
    case 'lambda':
      return [...defaultsOf(node.parameters), node.body];
    case 'comprehension':
      return [...node.clauses.map(({ value }) => value), ...node.elements];
    default:
      return partsOfStatement(node);
  }
};

type Compound = Exclude<Statement, { kind: 'import' | 'unreadable' }>;

const partsOfStatement = (node: Compound): readonly Syntax[] => {
  switch (node.kind) {
    case 'def':
      return [...node.decorators, ...defaultsOf(node.parameters), ...node.body];
    case 'class':
      return [...node.decorators, ...valuesOf(node.bases), ...node.body];
    case 'assign':
      return [...(node.value ? [node.value] : []), ...node.targets];
    case 'expression':
      return [node.value];
    case 'return':
      return node.value ? [node.value] : [];
    case 'raise':
      return [node.value, node.cause].filter((each) => each !== null);
    case 'if':
    case 'while':
      return [node.test, ...node.body, ...node.otherwise];
    case 'for':
      return [node.iterates, node.target, ...node.body, ...node.otherwise];
    case 'with':
      return [...node.items.map(({ value }) => value), ...node.body];
    case 'try':
      return [...node.body, ...node.handlers.flatMap(handlerParts), ...node.otherwise, ...node.last];
    case 'match':
      return [node.subject, ...node.cases.flat()];
    case 'other':
      return node.values;
    default:
      return node satisfies never;
  }
};

const handlerParts = ({ type, body }: { type: Expression | null; body: readonly Statement[] }): readonly Syntax[] =>
  type ? [type, ...body] : body;

const valuesOf = (args: readonly Argument[]): readonly Expression[] => args.map(({ value }) => value);

const defaultsOf = (parameters: readonly Parameter[]): readonly Expression[] =>
  parameters.flatMap((each) => [each.annotation, each.default].filter((part) => part !== null));

/** Those that a node stands in, the innermost last. */
export type Ancestors = readonly Syntax[];

/** Every node below, each with what it stands in. `visit` answers false to leave out what is below a node. */
export const walk = (
  nodes: readonly Syntax[],
  visit: (node: Syntax, above: Ancestors) => boolean | undefined,
): void => {
  const above: Syntax[] = [];
  const go = (node: Syntax): void => {
    if (visit(node, above) === false) return;
    above.push(node);
    for (const part of partsOf(node)) go(part);
    above.pop();
  };
  for (const node of nodes) go(node);
};

/** `a.b.c`; null for what is no dotted name. */
export const dottedName = (node: Expression): string | null => {
  if (node.kind === 'name') return node.id;
  if (node.kind !== 'attribute') return null;
  const before = dottedName(node.object);
  return before === null ? null : `${before}.${node.name}`;
};
