const definition = /^(\s*)(?:async\s+)?(?:def|class)\s+(\w+)/;

/**
 * The name of the function in which a line of Python stands, by its indentation; null: it stands in none. A traceback
 * says `<module>` for such a line.
 */
export const enclosingFunction = (lines: readonly string[], line: number): string | null => {
  const text = lines[line - 1];
  if (text === undefined) return null;
  let indent = indentOf(text);
  for (let at = line - 1; at >= 0; at -= 1) {
    const found = definition.exec(lines[at] ?? '');
    if (found && (at === line - 1 || indentOf(lines[at] ?? '') < indent)) {
      if (!/^\s*class\b/.test(lines[at] ?? '')) return found[2] ?? null;
      indent = indentOf(lines[at] ?? '');
    }
  }
  return null;
};

const indentOf = (text: string): number => /^\s*/.exec(text)?.[0].length ?? 0;

/** Whether a frame's function is the one around the line; comprehensions and lambdas have no name in the file. */
export const isInFunction = (lines: readonly string[], line: number, name: string): boolean => {
  if (line > lines.length) return false;
  const plain = name.split('.').at(-1) ?? '';
  if (plain === '' || (plain.startsWith('<') && plain !== '<module>')) return true;
  const around = enclosingFunction(lines, line);
  return plain === '<module>' ? around === null : around === plain;
};
