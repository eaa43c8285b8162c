import { Composer, type Document, isAlias, Lexer, LineCounter, type Node, Parser, visit } from 'yaml';
import { count } from '../api/figures.ts';

export interface YamlTexts {
  readonly documents: readonly Document[];
  /** From 1. */
  readonly lineOf: (node: Node | null | undefined) => number;
  /** What an alias stands for; any other node stands for itself. */
  readonly follow: (node: Node | null) => Node | null;
}

/** Why a text is not read, as the end of a sentence: "it is not valid YAML (line 3)". */
export class YamlProblem extends Error {}

/** The library takes a few microseconds for each: names, values, spaces, signs and ends of lines. A long Compose file has a quarter of it. */
const mostTokens = 16_000;
const tooMany = `it holds more than ${count(mostTokens)} YAML tokens`;

/**
 * The documents of a text. It stops at the first error, because each one costs far more than what is right, and at as much
 * as is read without keeping others waiting. Throws a `YamlProblem`.
 */
export const readYaml = (text: string): YamlTexts => {
  const lines = new LineCounter();
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent' });
  composer['onError'] = (source: ErrorPlace, _code: unknown, _message: string, isWarning?: boolean): void => {
    if (!isWarning) throw notYaml(lines, source);
  };
  const documents: Document[] = [];
  try {
    for (const document of composer.compose(tokensOf(text, lines))) {
      const [error] = document.errors;
      if (error) throw notYaml(lines, error.pos);
      documents.push(document);
    }
  } catch (error) {
    if (error instanceof RangeError) throw new YamlProblem('it is nested too deeply');
    throw error;
  }
  const aliases = aliasesOf(documents);
  return {
    documents,
    lineOf: (node) => lines.linePos(node?.range?.[0] ?? 0).line,
    follow: (node) => (isAlias(node) ? (aliases.get(node) ?? null) : node),
  };
};

type ErrorPlace = number | readonly number[] | { readonly offset: number };

function* tokensOf(text: string, lines: LineCounter) {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++tokens > mostTokens) throw new YamlProblem(tooMany);
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') throw notYaml(lines, token);
      yield token;
    }
  }
  yield* parser.end();
}

const notYaml = (lines: LineCounter, place: ErrorPlace): YamlProblem => {
  const offset = typeof place === 'number' ? place : 'offset' in place ? place.offset : (place[0] ?? 0);
  return new YamlProblem(`it is not valid YAML (line ${lines.linePos(offset).line})`);
};

/** Found in one walk: the library looks through the whole document again for each. */
const aliasesOf = (documents: readonly Document[]): ReadonlyMap<Node, Node> => {
  const aliases = new Map<Node, Node>();
  for (const document of documents) {
    const anchors = new Map<string, Node>();
    visit(document, {
      Node: (_key, node) => {
        if (isAlias(node)) {
          const target = anchors.get(node.source);
          if (target) aliases.set(node, target);
        } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
      },
    });
  }
  return aliases;
};
