import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import treeSitter, { type Node } from '@vscode/tree-sitter-wasm';

const grammars = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

/** Every text that the code hands to `t(…)`, sorted. */
export const stringsInCode = async (root: string): Promise<string[]> => {
  await treeSitter.Parser.init({ locateFile: (file) => join(grammars, file) });
  const found = new Set<string>();
  for (const [pattern, grammar] of [
    ['{extension,media}/**/*.ts', 'typescript'],
    ['{extension,media}/**/*.tsx', 'tsx'],
  ] as const) {
    const parser = new treeSitter.Parser();
    parser.setLanguage(await treeSitter.Language.load(readFileSync(join(grammars, `tree-sitter-${grammar}.wasm`))));
    for (const file of globSync(pattern, { cwd: root })) {
      const tree = parser.parse(readFileSync(join(root, file), 'utf8'));
      for (const call of tree?.rootNode.descendantsOfType('call_expression') ?? [])
        for (const text of call ? textsOf(call, file) : []) found.add(text);
      tree?.delete();
    }
  }
  return [...found].sort();
};

const textsOf = (call: Node, file: string): string[] => {
  if (call.childForFieldName('function')?.text !== 't') return [];
  const [first] = call.childForFieldName('arguments')?.namedChildren.filter((each) => each?.type !== 'comment') ?? [];
  return first ? literalsOf(first, file) : [];
};

/** `t(many ? 'a' : 'b')` holds two texts; what is no literal cannot be translated. */
const literalsOf = (node: Node, file: string): string[] => {
  if (node.type === 'string') return [literal(node.text)];
  if (node.type === 'ternary_expression')
    return ['consequence', 'alternative'].flatMap((name) => {
      const each = node.childForFieldName(name);
      return each ? literalsOf(each, file) : [];
    });
  console.error(`celeriac: ${file}:${node.startPosition.row + 1}: t() is given something else than a text`);
  return [];
};

const literal = (written: string): string => {
  const inner = written.slice(1, -1);
  return inner.replace(/\\(u\{?[\da-f]+\}?|.)/gis, (_whole, escaped: string) => {
    if (escaped.length > 1) return String.fromCodePoint(Number.parseInt(escaped.replace(/[u{}]/g, ''), 16));
    return { n: '\n', t: '\t' }[escaped] ?? escaped;
  });
};
