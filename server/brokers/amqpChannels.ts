import { setImmediate as turn } from 'node:timers/promises';
import type { Channel } from 'amqplib';
import { CeleriacError } from '../api/errors.ts';
import { explainEnd } from './amqpErrors.ts';
import type { AmqpLink } from './amqpLink.ts';
import { notFound, replyCode } from './amqpRights.ts';

/** Runs on a channel of its own, because a refusal closes the channel it comes on. */
export const onOwnChannel = async <T>(link: AmqpLink, run: (channel: Channel) => Promise<T>): Promise<T> => {
  const channel = await link.model.createChannel();
  // amqplib throws errors that nobody listens for; this one also rejects what `run` waits for.
  channel.on('error', () => undefined);
  const result = await run(channel);
  // Not waited for: amqplib's promise hangs when the connection ends meanwhile.
  unlessEnding(() => channel.close().catch(() => undefined));
  return result;
};

/**
 * What a timer or a callback sends has nobody to throw at. On a connection that ends it is left out: the session tells why
 * it has ended.
 */
export const unlessEnding = (send: () => unknown): void => {
  try {
    send();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'IllegalOperationError')) throw error;
  }
};

/** Looks whether something is there. RabbitMQ asks for no right to look. */
export const exists = async (link: AmqpLink, look: (channel: Channel) => Promise<unknown>): Promise<boolean> => {
  try {
    await onOwnChannel(link, look);
    return true;
  } catch (error) {
    if (replyCode(error) === notFound) return false;
    throw error;
  }
};

/** What is asked on a connection that ends fails with amqplib's words; this gives the reason for which it ended. */
export const orReasonOfEnd = async <T>(link: AmqpLink, asked: Promise<T>): Promise<T> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CeleriacError) throw error;
    // The link learns of its end in the same turn, but maybe after this.
    await turn();
    throw link.endReason ?? explainEnd(error, link.host);
  }
};
