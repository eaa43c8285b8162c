import { namePatterns } from '../../../api/namePatterns.ts';
import type { LabelColumn } from './queryTree.ts';

/**
 * Whether a name is one of those asked for. `worker:w1` also finds `w1@host`, and `worker:host` what runs there: nobody
 * types whole node names.
 */
export const labelTest = (column: LabelColumn, patterns: readonly string[]): ((name: string) => boolean) => {
  const fits = namePatterns(patterns, { ignoresCase: true });
  if (column !== 'worker') return fits;
  const ofParts = patterns.filter((pattern) => !pattern.includes('@'));
  if (ofParts.length === 0) return fits;
  const fitsPart = namePatterns(ofParts, { ignoresCase: true });
  return (name) => {
    if (fits(name)) return true;
    const at = name.indexOf('@');
    return at >= 0 && (fitsPart(name.slice(0, at)) || fitsPart(name.slice(at + 1)));
  };
};
