import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { PushReader } from '../../server/brokers/redisPushReader.ts';
import type { LabRedis } from '../lab/lab.ts';

/** A command as Redis carries it to every mailbox, and what is needed to answer it. */
interface Command {
  readonly ticket: string;
  /** Left out where nobody waits for an answer. */
  readonly reply_to?: { readonly routing_key: string };
}

const largestCommand = 1024 * 1024;

/** A thousand workers' mailboxes on one Redis: each listens on a connection of its own, and answers so many bytes. */
export const startManyWorkers = async (broker: LabRedis, count: number, answerBytes: number) => {
  const replies = new Redis(broker.url);
  const padding = 'x'.repeat(answerBytes);
  const answer = (hostname: string, command: Command): void => {
    if (!command.reply_to) return;
    const body = Buffer.from(JSON.stringify({ [hostname]: { total: {}, pool: {}, padding } })).toString('base64');
    const properties = { body_encoding: 'base64', delivery_tag: hostname, delivery_info: {} };
    const headers = { ticket: command.ticket };
    const envelope = { body, headers, properties, 'content-type': 'application/json', 'content-encoding': 'utf-8' };
    void replies.lpush(`${command.reply_to.routing_key}.reply.celery.pidbox`, JSON.stringify(envelope));
  };
  const sockets = await Promise.all(
    Array.from({ length: count }, (_, index) => listenAs(broker.port, (command) => answer(`w${index}@many`, command))),
  );
  return () => {
    for (const socket of sockets) socket.destroy();
    replies.disconnect();
  };
};

const listenAs = async (port: number, onCommand: (command: Command) => void): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const subscribed = Promise.withResolvers<void>();
  const take = (payload: Buffer): void => {
    const envelope = JSON.parse(payload.toString('utf8')) as { body: string };
    onCommand(JSON.parse(Buffer.from(envelope.body, 'base64').toString('utf8')) as Command);
  };
  const reader = new PushReader(
    { message: take, reply: subscribed.resolve, error: (words) => subscribed.reject(new Error(words)), tooLarge() {} },
    largestCommand,
  );
  socket.on('data', (chunk: Buffer) => reader.push(chunk));
  socket.write('*2\r\n$10\r\nPSUBSCRIBE\r\n$16\r\n/0.celery.pidbox\r\n');
  await subscribed.promise;
  return socket;
};
