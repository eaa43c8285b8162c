import { interpolate } from './interpolate.ts';

export interface Variable {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

const assignment = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[=:]\s*(.*)$/s;

/** The variables of a `.env` file, each with those above it filled in. */
export const readEnvFile = (text: string): Variable[] => {
  const variables: Variable[] = [];
  const values = new Map<string, string>();
  const known = (name: string): string | undefined => values.get(name);
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, name, written] = assignment.exec(line) ?? [];
    if (name === undefined || written === undefined) continue;
    const { value, isLiteral } = unquoted(written.trim());
    const filled = isLiteral ? value : (interpolate(value, known) ?? value);
    values.set(name, filled);
    variables.push({ name, value: filled, line: index + 1 });
  }
  return variables;
};

const unquoted = (written: string): { value: string; isLiteral: boolean } => {
  const [, quote, quoted] = /^(["'])(.*?)\1\s*(?:#.*)?$/s.exec(written) ?? [];
  if (quote !== undefined && quoted !== undefined) return { value: quoted, isLiteral: quote === "'" };
  const comment = written.search(/\s#/);
  return { value: comment < 0 ? written : written.slice(0, comment).trimEnd(), isLiteral: false };
};
