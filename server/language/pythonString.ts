import { unescapeString } from '../python/unescapeString.ts';
import type { PythonNode } from './pythonParser.ts';

/**
 * What a string literal stands for; null where that is not told by the text alone. `fill` gives the value of an
 * expression inside an f-string. Strings side by side are one.
 */
export const pythonString = (
  node: PythonNode,
  fill: (expression: PythonNode) => string | null = () => null,
): string | null => {
  if (node.type === 'concatenated_string')
    return join(node.namedChildren.map((each) => each && pythonString(each, fill)));
  if (node.type !== 'string') return null;
  const prefix = /^[a-z]*/i.exec(node.child(0)?.text ?? '')?.[0].toLowerCase() ?? '';
  if (prefix.includes('b')) return null;
  return join(node.namedChildren.map((each) => each && partOf(each, prefix, fill)));
};

const partOf = (node: PythonNode, prefix: string, fill: (expression: PythonNode) => string | null): string | null => {
  if (node.type === 'string_content') {
    const text = prefix.includes('r') ? node.text : unescapeString(node.text);
    return prefix.includes('f') ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text;
  }
  if (node.type === 'string_start' || node.type === 'string_end') return '';
  if (node.type !== 'interpolation' || node.childForFieldName('format_specifier')) return null;
  const expression = node.childForFieldName('expression');
  return expression && fill(expression);
};

const join = (parts: readonly (string | null)[]): string | null =>
  parts.some((each) => each === null) ? null : parts.join('');
