import { t } from '@vscode/l10n';
import { requests } from '../../server/api/requests.ts';
import type { TaskProgress } from '../../server/api/sendTask.ts';
import { run } from '../commands/run.ts';
import type { Parts } from '../parts.ts';
import { showInformation, showWarning } from '../shown/messages.ts';
import { partOf } from '../shown/plainLine.ts';
import { showProgress } from '../shown/showProgress.ts';
import { endingOf, stateWords } from './progressWords.ts';

interface Sent {
  readonly id: string;
  readonly name: string;
  readonly clusterId: string;
}

const askAgainMs = 10_000;
/** The page of the task shows what happens after that. */
const followLimitMs = 30 * 60_000;
/** Most tasks end within this: then only their end is reported. */
const quietMs = 2_000;

/** Shows how far a task is, in the status bar, until it has ended or is no longer followed; then reports how it ended. */
export const followSent = async (
  sent: Sent,
  backend: Parts['backend'],
  hasEnded: () => void = () => undefined,
): Promise<void> => {
  const stopped = new AbortController();
  const offer = setTimeout(() => void offerToStop(sent, stopped), quietMs);
  const title = t('Following {0} ({1})', sent.name, sent.id.slice(0, 8));
  try {
    const progress = await showProgress({ place: 'statusBar', title }, (report) =>
      untilEnd(sent, backend, (words) => report({ message: words }), stopped.signal),
    );
    if (!progress) return;
    hasEnded();
    clearTimeout(offer);
    await reportEnd(sent, progress);
  } finally {
    clearTimeout(offer);
  }
};

const offerToStop = async ({ clusterId, id, name }: Sent, stopped: AbortController): Promise<void> => {
  const [open, stop] = [t('Open Task'), t('Stop Following')];
  const sentence = t('{0} was sent and has not finished yet. You are notified when it does.', partOf(name));
  const chosen = await showInformation(sentence, open, stop);
  if (chosen === open) await run('openTask', { clusterId, taskId: id });
  if (chosen === stop) stopped.abort();
};

/** Null: it is no longer followed, and has not ended. */
const untilEnd = async (
  { clusterId, id }: Sent,
  backend: Parts['backend'],
  report: (words: string) => void,
  stopped: AbortSignal,
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
    const progress = await orStopped(asked, stopped);
    if (progress === null || progress.hasEnded) return progress;
    after = progress.state;
    report(stateWords(progress));
  }
  return null;
};

/** Each question listens for itself, and stops: what is hung on one promise stays there as long as that does. */
const orStopped = async <T>(asked: Promise<T>, stopped: AbortSignal): Promise<T | null> => {
  if (stopped.aborted) return null;
  const ended = Promise.withResolvers<null>();
  const stop = (): void => ended.resolve(null);
  stopped.addEventListener('abort', stop);
  try {
    return await Promise.race([asked, ended.promise]);
  } finally {
    stopped.removeEventListener('abort', stop);
  }
};

const reportEnd = async ({ clusterId, id, name }: Sent, progress: TaskProgress): Promise<void> => {
  const { sentence, severity } = endingOf(name, progress);
  const open = t('Open Task');
  const show = severity === 'warning' ? showWarning : showInformation;
  if ((await show(sentence, open)) === open) await run('openTask', { clusterId, taskId: id });
};
