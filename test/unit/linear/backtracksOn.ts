import { attacks } from './attacks.ts';

const suspiciousMs = 4;
/** Small steps first, because an exponential expression would never return from a large one. */
const lengths = [16, 20, 24, 28, 32, 36, 40, 44, 48, 56, 64, 80, 96, 128, 256, 1_024, 4_096, 16_384];

/** What makes an expression take far more time than the text has characters; null where nothing does. */
export const backtracksOn = (regex: RegExp): string | null => {
  const everywhere = new RegExp(regex.source, regex.flags.includes('g') ? regex.flags : `${regex.flags}g`);
  for (const attack of attacks(regex.source)) {
    const slow = lengths.find((length) => isSlow(everywhere, attack(length)));
    if (slow !== undefined && [10, 40].every((ms) => growth(everywhere, attack, slow, ms) > 7)) return attack(12);
  }
  return null;
};

/** How much longer four times the text takes. */
const growth = (regex: RegExp, attack: (length: number) => string, length: number, measuredMs: number): number =>
  meanMs(regex, attack(length), measuredMs) / meanMs(regex, attack(length / 4), measuredMs);

/** The mean of as many runs as the clock of this thread needs, which stands still while the machine does something else. */
const meanMs = (regex: RegExp, text: string, measuredMs: number): number => {
  const before = process.threadCpuUsage();
  for (let runs = 1; ; runs++) {
    text.replace(regex, '');
    const { user, system } = process.threadCpuUsage();
    const ms = (user + system - before.user - before.system) / 1_000;
    if (ms >= measuredMs) return ms / runs;
  }
};

/** A machine that is busy with others rarely holds up three runs of a few milliseconds one after the other. */
const isSlow = (regex: RegExp, text: string): boolean => [1, 2, 3].every(() => msFor(regex, text) > suspiciousMs);

const msFor = (regex: RegExp, text: string): number => {
  const before = performance.now();
  text.replace(regex, '');
  return performance.now() - before;
};
