/** Tests names against any of some patterns, in which `*` stands for any text. */
export const namePatterns = (patterns: readonly string[]): ((name: string) => boolean) => {
  const wholes = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const pieces = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('*'));
  return (name) => wholes.has(name) || pieces.some((parts) => hasPieces(name, parts));
};

/** Each piece at its first place behind the one before; a regular expression could be made to take for ever. */
const hasPieces = (name: string, parts: readonly string[]): boolean => {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
};
