import { Allowance } from './allowance.ts';
import { type Answer, problem } from './answer.ts';
import { RefusedRequest } from './refusedRequest.ts';

/** How long an answer is given to others who ask the same. */
const sharedForMs = 500;

/** Answers that workers or the broker have to be asked for: the same is asked once for all, and not without end. */
export class SharedAnswers {
  private readonly now: () => number;
  private readonly current = new Map<string, { readonly askedAt: number; readonly answer: Promise<Answer> }>();
  private readonly ofPeer = new Allowance({ burst: 10, perSecond: 2 });
  private readonly ofAll = new Allowance({ burst: 40, perSecond: 10 });

  constructor(now: () => number) {
    this.now = now;
  }

  /** `key` names the question; those who ask it while it is open get the same answer. */
  async give(key: string, peer: string, ask: () => Answer | Promise<Answer>): Promise<Answer> {
    const now = this.now();
    for (const [old, { askedAt }] of this.current) if (now - askedAt >= sharedForMs) this.current.delete(old);
    const before = this.current.get(key);
    if (before) return before.answer;
    const waitMs = this.ofPeer.take(peer, now) || this.ofAll.take('', now);
    if (waitMs > 0) throw new RefusedRequest(tooOften(waitMs));
    const answer = Promise.resolve(ask());
    const entry = { askedAt: Number.POSITIVE_INFINITY, answer };
    this.current.set(key, entry);
    try {
      return await answer;
    } finally {
      // From now on it grows old; who asks while it is open always shares it.
      if (this.current.get(key) === entry) this.current.set(key, { askedAt: now, answer });
    }
  }
}

const tooOften = (waitMs: number) => {
  const seconds = String(Math.ceil(waitMs / 1_000));
  return problem(
    429,
    'tooOften',
    `Too many requests that workers or the broker must answer. Try again in ${seconds} s.`,
    {
      'retry-after': seconds,
    },
  );
};
