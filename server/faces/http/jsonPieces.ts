import { foreignFields } from '../../outlet/fields.ts';
import type { Outlet } from '../../outlet/outlet.ts';

/** Lists of an answer stand this deep in it at most. What lies deeper is written at once. */
const deepest = 2;

/** An answer as JSON in pieces, each covered: the text that `JSON.stringify` makes of the whole, and a line feed. */
export function* jsonPieces(answer: object, outlet: Outlet): Generator<string> {
  yield* piecesOf('', answer, outlet, 0);
  yield '\n';
}

function* piecesOf(name: string, value: unknown, outlet: Outlet, depth: number): Generator<string> {
  if (depth >= deepest || foreignFields.has(name) || name === 'value' || !isPlain(value))
    yield JSON.stringify(outlet.member(name, value)) ?? 'null';
  else if (Array.isArray(value)) {
    let separator = '[';
    for (const item of value) {
      yield separator;
      yield* piecesOf(name, item, outlet, depth + 1);
      separator = ',';
    }
    yield value.length === 0 ? '[]' : ']';
  } else {
    let separator = '{';
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue;
      yield `${separator}${JSON.stringify(key)}:`;
      yield* piecesOf(key, member, outlet, depth + 1);
      separator = ',';
    }
    yield separator === '{' ? '{}' : '}';
  }
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && (Array.isArray(value) || !('toJSON' in value));
