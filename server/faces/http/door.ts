import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type AccessRules, isEqual, judge, noToken } from './access.ts';
import { Allowance } from './allowance.ts';
import { problem, type WholeAnswer } from './answer.ts';
import { peerGroup } from './peerGroup.ts';
import type { Proxies } from './proxies.ts';
import { RefusedRequest } from './refusedRequest.ts';
import type { Route } from './route.ts';
import { WrongTokens } from './wrongTokens.ts';

/** Who asks. */
export interface Asker {
  readonly address: string;
  /** What limits count as one client. */
  readonly peer: string;
  /** Whom a trusted proxy has let in. */
  readonly person: string | null;
  /** Whether it had to show the token of this server. */
  readonly hasToken: boolean;
  /** Whether the client speaks TLS to a proxy in front. */
  readonly isSecure: boolean;
}

export interface DoorParts {
  readonly rules: AccessRules;
  readonly proxies: Proxies;
  readonly now: () => number;
  readonly log: (sentence: string) => void;
}

/** Lets in who may ask, and notes who tries tokens. */
export class Door {
  private readonly parts: DoorParts;
  private readonly wrong = new WrongTokens();
  private readonly lines = new Allowance({ burst: 20, perSecond: 0.2 });

  constructor(parts: DoorParts) {
    this.parts = parts;
  }

  /** Who asks; or the answer to who may not. */
  enter(message: IncomingMessage, route: Route | null): Asker | WholeAnswer {
    const { rules, proxies } = this.parts;
    const { headers } = message;
    const address = proxies.clientOf(message);
    const isSecure = proxies.isSecure(message);
    const asker = { address, peer: peerGroup(address), person: null, hasToken: false, isSecure };
    const isVouchedFor = proxies.mayVouch(message);
    const { isOpen = false, isShell = false } = route ?? {};
    const access = judge({ headers, isVouchedFor, isOpen, isShell }, rules);
    if (access.kind === 'refused') return access.answer;
    if (access.kind === 'unknown' && access.shown === null) return noToken;
    if (access.kind === 'unknown') return this.pause(asker) ?? this.note(asker, access.shown ?? '');
    const hasToken = !isOpen && rules.token !== null && access.person === null;
    const pause = hasToken ? this.admitted(asker) : null;
    return pause ?? { ...asker, person: access.person, hasToken };
  }

  /** Lets in a page that was given a token, if it is ours. */
  admit(shown: string, asker: Asker): void {
    const { token } = this.parts.rules;
    const isRight = token !== null && isEqual(shown, token);
    const refusal = isRight ? this.admitted(asker) : (this.pause(asker) ?? this.note(asker, shown));
    if (refusal) throw new RefusedRequest(refusal);
  }

  /** Nobody learns in a pause whether a token is right; but who has shown it before may go on. */
  private admitted(asker: Asker): WholeAnswer | null {
    const now = this.parts.now();
    const pause = this.pause(asker);
    if (pause && !this.wrong.hasShownRight(asker.peer, now)) return pause;
    this.wrong.noteRight(asker.peer, now);
    return null;
  }

  private pause({ peer }: Asker): WholeAnswer | null {
    const pauseMs = this.wrong.pauseMs(peer, this.parts.now());
    if (pauseMs === 0) return null;
    const seconds = Math.ceil(pauseMs / 1_000);
    return problem(429, 'wrongTokens', `Too many invalid tokens from your address. Try again in ${seconds} s.`, {
      'retry-after': String(seconds),
    });
  }

  private note({ address, peer }: Asker, shown: string): WholeAnswer {
    const now = this.parts.now();
    const count = this.wrong.note(peer, createHash('sha256').update(shown).digest('base64'), now);
    if (count !== null && this.lines.take('', now) === 0) {
      const pauseMs = this.wrong.pauseMs(peer, now);
      const pause = pauseMs > 0 ? ` The next attempt is accepted in ${pauseMs / 1_000} s.` : '';
      this.parts.log(`A client at ${address} sent an invalid token (its ${ordinal(count)}).${pause}`);
    }
    return noToken;
  }
}

const ordinal = (count: number): string => {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `${count}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(count)]}`;
};
