/** As many letters may differ as a slip of the keyboard makes. */
const mostSlips = 2;

/** The name that was meant, by a slip or by a wrong module before the same function; null where none is near. */
export const nearestName = (name: string, names: readonly string[]): string | null => {
  let best: { readonly name: string; readonly slips: number } | null = null;
  for (const each of names) {
    const slips = each === name ? 0 : slipsBetween(each, name);
    if (slips <= mostSlips && (best === null || slips < best.slips)) best = { name: each, slips };
  }
  if (best !== null) return best.name;
  const last = lastPart(name);
  const alike = names.filter((each) => lastPart(each) === last);
  return alike.length === 1 ? (alike[0] ?? null) : null;
};

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Letters to be changed, put in or taken out; more than `mostSlips` is not counted on. */
const slipsBetween = (a: string, b: string): number => {
  if (Math.abs(a.length - b.length) > mostSlips || a.length > 200) return mostSlips + 1;
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = (before[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, (before[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    before = current;
  }
  return before[b.length] ?? mostSlips + 1;
};
