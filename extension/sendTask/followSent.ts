import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { requests } from '../../server/api/requests.ts';
import type { TaskProgress } from '../../server/api/sendTask.ts';
import { run } from '../commands/run.ts';
import type { Parts } from '../parts.ts';
import { showInformation, showWarning } from '../shown/messages.ts';
import { showProgress } from '../shown/showProgress.ts';
import { endingOf, stateWords } from './progressWords.ts';

interface Sent {
  readonly id: string;
  readonly name: string;
  readonly clusterId: string;
}

const askAgainMs = 10_000;
/** Who wants to know more than that looks at the task's page. */
const followLimitMs = 30 * 60_000;

/** Shows how far a task is, until it has ended or nobody wants to know any more; then says how it ended. */
export const followSent = async (
  sent: Sent,
  backend: Parts['backend'],
  hasEnded: () => void = () => undefined,
): Promise<void> => {
  const options = {
    place: 'notification' as const,
    title: t('Following {0} ({1})', sent.name, sent.id.slice(0, 8)),
    cancellable: true,
  };
  const progress = await showProgress(options, (report, cancelled) =>
    untilEnd(sent, backend, (words) => report({ message: words }), cancelled),
  );
  if (!progress) return;
  hasEnded();
  await tellEnd(sent, progress);
};

/** Null: it was left before it had ended. */
const untilEnd = async (
  { clusterId, id }: Sent,
  backend: Parts['backend'],
  report: (words: string) => void,
  cancelled: vscode.CancellationToken,
): Promise<TaskProgress | null> => {
  const until = Date.now() + followLimitMs;
  let after: string | null = null;
  report(t('sent'));
  while (Date.now() < until) {
    const asked: Promise<TaskProgress> = backend.request(requests.followTask, {
      clusterId,
      id,
      after,
      withinMs: askAgainMs,
    });
    const progress = await orLeft(asked, cancelled);
    if (progress === null || progress.hasEnded) return progress;
    after = progress.state;
    report(stateWords(progress));
  }
  return null;
};

/** Each question listens for itself, and stops: what is hung on one promise stays there as long as that does. */
const orLeft = async <T>(asked: Promise<T>, cancelled: vscode.CancellationToken): Promise<T | null> => {
  const left = Promise.withResolvers<null>();
  const listener = cancelled.onCancellationRequested(() => left.resolve(null));
  try {
    return await Promise.race([asked, left.promise]);
  } finally {
    listener.dispose();
  }
};

const tellEnd = async ({ clusterId, id, name }: Sent, progress: TaskProgress): Promise<void> => {
  const { sentence, severity } = endingOf(name, progress);
  const open = t('Open Task');
  const show = severity === 'warning' ? showWarning : showInformation;
  if ((await show(sentence, open)) === open) await run('openTask', { clusterId, taskId: id });
};
