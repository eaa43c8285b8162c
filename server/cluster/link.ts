import { CeleriacError } from '../api/errors.ts';
import type { LinkFailure, LinkState, ServerInfo } from '../api/model.ts';
import { phrase, phraseIn, type Worded } from '../api/phrase.ts';

export type LinkEvent =
  | { readonly kind: 'connectStarted'; readonly at: number }
  | { readonly kind: 'connected'; readonly at: number; readonly server: ServerInfo }
  | { readonly kind: 'failed'; readonly at: number; readonly reason: LinkFailure; readonly retryAt: number }
  | { readonly kind: 'blocked'; readonly reason: Worded | null }
  | { readonly kind: 'closed' };

/** The life of a connection as a pure step: it never gives up, and every state says since when and why. */
export const nextLink = (link: LinkState, event: LinkEvent): LinkState => {
  switch (event.kind) {
    case 'connectStarted':
      return { kind: 'connecting', attempt: attemptsOf(link) + 1, since: event.at };
    case 'connected':
      return { kind: 'live', since: event.at, server: event.server, blocked: null };
    case 'failed':
      return {
        kind: 'lost',
        since: link.kind === 'lost' ? link.since : event.at,
        retryAt: event.retryAt,
        attempt: attemptsOf(link),
        reason: event.reason,
      };
    case 'blocked':
      return link.kind === 'live' ? { ...link, blocked: event.reason } : link;
    case 'closed':
      return { kind: 'disconnected' };
    default:
      return event satisfies never;
  }
};

/** How many attempts in a row have been made without success. */
export const attemptsOf = (link: LinkState): number =>
  link.kind === 'connecting' || link.kind === 'lost' ? link.attempt : 0;

/** Why nothing can be done on a cluster at present. */
export const notConnected = (connection: string, link: LinkState): CeleriacError =>
  new CeleriacError(
    'brokerUnreachable',
    link.kind === 'lost'
      ? phrase('cluster.offline', { connection, reason: phraseIn(link.reason) })
      : phrase('cluster.notConnected', { connection }),
  );
