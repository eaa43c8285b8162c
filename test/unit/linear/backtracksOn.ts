import { attacks } from './attacks.ts';

const suspiciousMs = 4;
/** Small steps first, because an exponential expression would never return from a large one. */
const lengths = [16, 20, 24, 28, 32, 36, 40, 44, 48, 56, 64, 80, 96, 128, 256, 1_024, 4_096, 16_384];

/** What makes an expression take far more time than the text has characters; null where nothing does. */
export const backtracksOn = (regex: RegExp): string | null => {
  const everywhere = new RegExp(regex.source, regex.flags.includes('g') ? regex.flags : `${regex.flags}g`);
  for (const attack of attacks(regex.source)) {
    const slow = lengths.find((length) => msFor(everywhere, attack(length)) > suspiciousMs);
    if (slow !== undefined && [2, 6].every((times) => growth(everywhere, attack, slow, times) > 7)) return attack(12);
  }
  return null;
};

/** How much longer four times the text takes; the least of several, because the machine may be busy with others. */
const growth = (regex: RegExp, attack: (length: number) => string, length: number, times: number): number => {
  const least = (text: string): number => Math.min(...Array.from({ length: times }, () => msFor(regex, text)));
  return least(attack(length)) / least(attack(length / 4));
};

const msFor = (regex: RegExp, text: string): number => {
  const before = performance.now();
  text.replace(regex, '');
  return performance.now() - before;
};
