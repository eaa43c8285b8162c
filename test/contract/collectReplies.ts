import type { BrokerSession, ReplyBox } from '../../server/brokers/broker.ts';
import type { ControlReply } from '../../server/celery/controlReply.ts';
import { until } from '../lab/lab.ts';

export interface Collected {
  readonly box: ReplyBox;
  readonly all: readonly ControlReply[];
  /** The replies to one command, by hostname. */
  to(ticket: string): Readonly<Record<string, unknown>>;
  /** Resolves with them once there are as many. */
  count(ticket: string, wanted: number): Promise<Readonly<Record<string, unknown>>>;
}

/** Opens a session's replies and keeps all that come. */
export const collectReplies = async (session: Pick<BrokerSession, 'openReplies'>): Promise<Collected> => {
  const all: ControlReply[] = [];
  const box = await session.openReplies((reply) => {
    if (!('isUnreadable' in reply)) all.push(reply);
  });
  const to = (ticket: string) =>
    Object.fromEntries(all.filter((reply) => reply.ticket === ticket).map(({ hostname, value }) => [hostname, value]));
  const count = async (ticket: string, wanted: number) => {
    await until(`${wanted} have answered ${ticket}`, () => Object.keys(to(ticket)).length >= wanted, 30_000);
    return to(ticket);
  };
  return { box, all, to, count };
};

/** A time until which every command of a test is fresh. */
export const inAMinute = (): number => Date.now() + 60_000;
