interface Guesses {
  /** Those that were shown, by their digest: a client with an old token shows the same again and again and guesses nothing. */
  readonly shown: Set<string>;
  count: number;
  pausedUntil: number;
  lastAt: number;
}

const freeGuesses = 5;
const longestPauseMs = 60_000;
const forgottenAfterMs = 600_000;
const shownLimit = 32;
const trustedForMs = 3_600_000;
const peerLimit = 1_024;

/**
 * Which clients showed wrong tokens. After some, none of theirs is looked at for a while, which doubles with each. A client
 * that has shown the right one is let in meanwhile: many may share its address, and one must not lock out the others.
 */
export class WrongTokens {
  private readonly guesses = new Map<string, Guesses>();
  private readonly rightAt = new Map<string, number>();

  noteRight(peer: string, now: number): void {
    remember(this.rightAt, peer, now);
  }

  hasShownRight(peer: string, now: number): boolean {
    return now - (this.rightAt.get(peer) ?? Number.NEGATIVE_INFINITY) < trustedForMs;
  }

  /** How long no token of that client is looked at. */
  pauseMs(peer: string, now: number): number {
    return Math.max(0, (this.guesses.get(peer)?.pausedUntil ?? 0) - now);
  }

  /** Returns how many different ones that client has shown; null: this one it had shown before. */
  note(peer: string, digest: string, now: number): number | null {
    const before = this.guesses.get(peer);
    const known = before && now - before.lastAt < forgottenAfterMs ? before : aFirst();
    remember(this.guesses, peer, known);
    if (known.shown.has(digest)) return null;
    known.lastAt = now;
    known.count += 1;
    known.shown.add(digest);
    if (known.shown.size > shownLimit) known.shown.delete(known.shown.values().next().value ?? '');
    const over = known.count - freeGuesses;
    if (over > 0) known.pausedUntil = now + Math.min(longestPauseMs, 1_000 * 2 ** (over - 1));
    return known.count;
  }
}

/** Keeps what was noted last. */
const remember = <T>(map: Map<string, T>, key: string, value: T): void => {
  map.delete(key);
  map.set(key, value);
  if (map.size > peerLimit) map.delete(map.keys().next().value ?? '');
};

const aFirst = (): Guesses => ({ shown: new Set(), count: 0, pausedUntil: 0, lastAt: 0 });
