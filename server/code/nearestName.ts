import { editDistance } from '../text/nearest.ts';

/** Longer names are not compared. */
const longest = 200;
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

const slipsBetween = (a: string, b: string): number =>
  Math.abs(a.length - b.length) > mostSlips || a.length > longest ? mostSlips + 1 : editDistance(a, b);
