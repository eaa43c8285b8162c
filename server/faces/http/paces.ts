import { Allowance, type AllowanceRule } from './allowance.ts';
import { problem } from './answer.ts';
import { RefusedRequest } from './refusedRequest.ts';

/** What costs the engine or the workers something each time. */
export type Pace = 'page' | 'command' | 'send';

interface PaceRule {
  readonly peer: AllowanceRule;
  readonly all: AllowanceRule;
}

/** A dashboard asks some twenty times a second while everything changes; a script revokes a few hundred tasks at once. */
const rules: Readonly<Record<Pace, PaceRule>> = {
  page: { peer: { burst: 400, perSecond: 80 }, all: { burst: 1_600, perSecond: 320 } },
  command: { peer: { burst: 100, perSecond: 10 }, all: { burst: 400, perSecond: 40 } },
  send: { peer: { burst: 2_000, perSecond: 200 }, all: { burst: 8_000, perSecond: 800 } },
};

/** How often each client, and all of them together, may ask for what is costly. */
export class Paces {
  private readonly allowances = new Map(
    Object.entries(rules).map(([pace, { peer, all }]) => [
      pace,
      { ofPeer: new Allowance(peer), ofAll: new Allowance(all) },
    ]),
  );

  /** Takes one, or refuses the request. */
  take(pace: Pace, peer: string, now: number): void {
    const allowances = this.allowances.get(pace);
    const waitMs = allowances ? allowances.ofPeer.take(peer, now) || allowances.ofAll.take('', now) : 0;
    if (waitMs > 0) throw new RefusedRequest(tooOften(waitMs));
  }
}

const tooOften = (waitMs: number) => {
  const seconds = String(Math.ceil(waitMs / 1_000));
  return problem(429, 'tooOften', `Too many requests. Try again in ${seconds} s.`, {
    'retry-after': seconds,
  });
};
