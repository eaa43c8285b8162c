import { randomUUID } from 'node:crypto';
import type { ControlMessage } from '../celery/control.ts';
import { encodeControlEnvelope } from '../celery/envelope.ts';
import type { FilesystemOutbox } from './filesystemOutbox.ts';
import type { ExchangeTable } from './filesystemTable.ts';

const suffix = '.celery.pidbox';

/** The mailboxes of the workers, which are queues bound to one exchange. */
export class FilesystemMailboxes {
  private readonly table: ExchangeTable;
  private readonly outbox: FilesystemOutbox;

  constructor(table: ExchangeTable, outbox: FilesystemOutbox) {
    this.table = table;
    this.outbox = outbox;
  }

  async names(): Promise<readonly string[]> {
    const queues = (await this.table.read()).map(({ queue }) => queue);
    return queues
      .filter((queue) => queue.endsWith(suffix))
      .map((queue) => queue.slice(0, -suffix.length))
      .sort();
  }

  /** Puts a command into each mailbox that it is for; resolves with the number of those that somebody seems to empty. */
  async post(command: ControlMessage, expiresAt: number): Promise<number> {
    const deaf = await this.outbox.deafQueues();
    const bound = new Set((await this.table.read()).map(({ queue }) => queue));
    const addressed = command.destination?.map((name) => `${name}${suffix}`).filter((name) => bound.has(name));
    const envelope = encodeControlEnvelope(command, {
      exchange: 'celery.pidbox',
      routingKey: '',
      deliveryTag: randomUUID(),
      expiresAt: expiresAt / 1000,
    });
    const receivers = addressed ?? [...bound];
    const lifeMs = Math.max(0, expiresAt - Date.now());
    for (const queue of receivers) await this.outbox.put(queue, envelope, lifeMs);
    return receivers.filter((queue) => !deaf.has(queue)).length;
  }
}
