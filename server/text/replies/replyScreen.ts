import type { WorkerReply } from '../../api/control.ts';
import type { ControlMethod } from '../../celery/controlCommands.ts';
import type { Paint } from '../paint.ts';
import { memoryDumps } from './memoryReplies.ts';
import { queueReplies } from './queueReplies.ts';
import { statsReplies } from './statsReplies.ts';
import { foundTasks, runningTasks, scheduledTasks, waitingTasks } from './taskReplies.ts';
import { lists, settings, texts } from './textReplies.ts';
import { words } from './wordReplies.ts';

export type Answered = WorkerReply & { readonly kind: 'answered' };

export interface ReplyPage {
  readonly width: number;
  readonly paint: Paint;
  readonly now: number;
}

/** What was asked, as far as the screen depends on it. */
export interface Asked {
  readonly method: ControlMethod;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export type ShowReplies = (replies: readonly Answered[], page: ReplyPage, asked: Asked) => string[];

const screens: Partial<Record<ControlMethod, ShowReplies>> = {
  active: runningTasks,
  active_queues: queueReplies,
  conf: settings,
  memdump: memoryDumps,
  query_task: foundTasks,
  registered: lists('task'),
  report: texts,
  reserved: waitingTasks,
  revoked: lists('revoked task'),
  scheduled: scheduledTasks,
  stats: statsReplies,
};

/** The answers to one command as people read them: each worker is named, and lines fit. */
export const replyScreen = (asked: Asked, replies: readonly Answered[], page: ReplyPage): string[] =>
  replies.length === 0 ? [] : (screens[asked.method] ?? words)(replies, page, asked);
