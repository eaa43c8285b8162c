import type { Lambda, Parameter, ParameterKind } from './syntax.ts';
import type { TokenReader } from './tokenReader.ts';
import { tokenKinds } from './tokens.ts';

/** Up to the closing bracket or, for a lambda, the colon; neither is taken. */
export const parseParameters = (reader: TokenReader, closing: ')' | ':', depth = 0): readonly Parameter[] => {
  let parameters: Parameter[] = [];
  let plain: ParameterKind = 'regular';
  while (!reader.is(closing)) {
    const { start } = reader;
    if (reader.take('/')) parameters = parameters.map((each) => ({ ...each, kind: 'positional' }));
    else {
      const kind: ParameterKind = reader.take('**') ? 'keywords' : reader.take('*') ? 'rest' : plain;
      if (kind === 'rest') plain = 'keyword';
      if (reader.kind === tokenKinds.name) parameters.push(parseParameter(reader, kind, closing, start, depth));
      else if (kind !== 'rest') break;
    }
    if (!reader.take(',')) break;
  }
  return parameters;
};

const parseParameter = (
  reader: TokenReader,
  kind: ParameterKind,
  closing: ')' | ':',
  start: number,
  depth: number,
): Parameter => {
  const name = reader.word;
  reader.at++;
  const annotation = closing === ')' && reader.take(':') ? reader.rules.expression(reader, depth) : null;
  const value = reader.take('=') ? reader.rules.expression(reader, depth) : null;
  return { name, kind, annotation, default: value, start, end: reader.lastEnd };
};

export const parseLambda = (reader: TokenReader, depth: number): Lambda => {
  const start = reader.start;
  reader.at++;
  const parameters = parseParameters(reader, ':', depth);
  reader.take(':');
  const body = reader.rules.expression(reader, depth);
  return { kind: 'lambda', parameters, body, start, end: body.end };
};
