import { setTimeout as delay } from 'node:timers/promises';
import type { ControlMessage } from '../celery/control.ts';
import { decodeReplyEnvelope, type ReceivedReply, replyQueue, withReplyTo } from '../celery/controlReply.ts';
import type { ReplyBox } from './broker.ts';
import { FilesystemInbox } from './filesystemInbox.ts';
import { removeMessages } from './filesystemLeftovers.ts';
import type { FilesystemMailboxes } from './filesystemMailboxes.ts';
import type { ExchangeTable } from './filesystemTable.ts';
import type { Binding } from './virtualRouting.ts';

export interface FilesystemRepliesParts {
  readonly mark: string;
  readonly folders: ReadonlySet<string>;
  readonly table: ExchangeTable;
  readonly mailboxes: FilesystemMailboxes;
  readonly onReply: (reply: ReceivedReply) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Some workers may have looked the binding up before it went, and not yet written their reply. */
const graceMs = 100;

/** Where replies arrive: a queue of our own, bound to the exchange that workers answer to. */
export class FilesystemReplies implements ReplyBox {
  private readonly parts: FilesystemRepliesParts;
  private readonly binding: Binding;
  private readonly inbox: FilesystemInbox;
  private unanswered = 0;

  constructor(parts: FilesystemRepliesParts) {
    this.parts = parts;
    this.binding = { routingKey: parts.mark, pattern: '', queue: replyQueue(parts.mark) };
    this.inbox = new FilesystemInbox({
      folders: [...parts.folders],
      queue: this.binding.queue,
      onMessage: (bytes) => {
        this.unanswered -= 1;
        parts.onReply(decodeReplyEnvelope(bytes));
      },
      onFailure: parts.onFailure,
    });
  }

  async start(): Promise<void> {
    this.inbox.start();
    await this.bind();
  }

  async ask(command: ControlMessage, ticket: string, expiresAt: number): Promise<number> {
    await this.bind();
    const count = await this.parts.mailboxes.post(withReplyTo(command, ticket, this.parts.mark), expiresAt);
    this.unanswered += count;
    return count;
  }

  async close(): Promise<void> {
    const { table, folders } = this.parts;
    await table.remove(new Set([this.binding.queue])).catch(() => undefined);
    if (this.unanswered > 0) await delay(graceMs);
    await this.inbox.close();
    await removeMessages(folders, this.binding.queue).catch(() => undefined);
  }

  /** Others rewrite the table or delete it; without our row nobody answers. */
  private async bind(): Promise<void> {
    const { queue } = this.binding;
    const isBound = (await this.parts.table.read()).some((binding) => binding.queue === queue);
    if (!isBound) await this.parts.table.add(this.binding);
  }
}
