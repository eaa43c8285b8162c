import { setTimeout as wait } from 'node:timers/promises';

/** Asks again and again until there is an answer. The error says what was waited for, and why it was not there. */
export const until = async <T>(
  what: string,
  probe: () => T | Promise<T>,
  timeoutMs = 15_000,
  everyMs = 25,
): Promise<NonNullable<T>> => {
  const deadline = Date.now() + timeoutMs;
  let trouble: unknown;
  for (;;) {
    try {
      const answer = await probe();
      if (answer) return answer;
      trouble = undefined;
    } catch (error) {
      if (error instanceof GivenUp) throw error;
      trouble = error;
    }
    if (Date.now() > deadline)
      throw new Error(
        `waited ${timeoutMs / 1000} s in vain until ${what}${trouble === undefined ? '' : `: ${trouble}`}`,
      );
    await wait(everyMs);
  }
};

/** Thrown by a probe that knows that waiting longer is of no use. */
export class GivenUp extends Error {}
