import { LineMap } from '../../server/python/lineMap.ts';
import { parsePython } from '../../server/python/parsePython.ts';
import type { Syntax } from '../../server/python/syntax.ts';
import { dottedName, walk } from '../../server/python/walk.ts';

/** What pythonFacts.py prints of a file, as we read it. */
export const readFacts = (text: string): readonly unknown[] => {
  const lines = new LineMap(text);
  const facts: unknown[] = [];
  walk(parsePython(text).body, (node) => {
    const fact = factOf(node, text, lines);
    if (fact) facts.push(fact);
    return undefined;
  });
  return facts;
};

const factOf = (node: Syntax, text: string, lines: LineMap): unknown => {
  switch (node.kind) {
    case 'def': {
      const line = lines.line(text.lastIndexOf('def', node.nameStart));
      return ['def', node.name, line, node.parameters.map(({ name }) => name), node.decorators.length];
    }
    case 'class':
      return ['class', node.name, lines.line(node.nameStart), node.bases.length];
    case 'call': {
      const isKeyword = ({ name, unpacks }: { readonly name: string | null; readonly unpacks: string }): boolean =>
        name !== null || unpacks === '**';
      const keywords = node.args.filter(isKeyword).map(({ name }) => name);
      return ['call', dottedName(node.callee), lines.line(node.start), node.args.length - keywords.length, keywords];
    }
    case 'import': {
      const names = node.names.map(({ name, alias }) => [name, alias]);
      return ['import', node.from === null ? null : '.'.repeat(node.level) + node.from, lines.line(node.start), names];
    }
    case 'assign':
      return node.operator === '=' && !node.annotation ? ['assign', node.targets.length, lines.line(node.start)] : null;
    case 'with':
      return ['with', node.items.length, lines.line(node.start)];
    default:
      return null;
  }
};
