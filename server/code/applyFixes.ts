import type { Edit, Finding } from './rule.ts';

/** The text with the findings mended; of edits that touch each other, the first counts, and the rest waits for another run. */
export const applyFixes = (
  text: string,
  findings: readonly Finding[],
): { readonly text: string; readonly fixed: number } => {
  const taken: Edit[] = [];
  let fixed = 0;
  for (const { fix } of findings) {
    if (fix.length === 0 || fix.some((edit) => taken.some((other) => touches(edit, other)))) continue;
    taken.push(...fix);
    fixed++;
  }
  let result = text;
  for (const { start, end, text: put } of taken.toSorted((a, b) => b.start - a.start || b.end - a.end))
    result = result.slice(0, start) + put + result.slice(end);
  return { text: result, fixed };
};

const touches = (a: Edit, b: Edit): boolean => a.start <= b.end && b.start <= a.end;
