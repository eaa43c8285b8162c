import { t } from '@vscode/l10n';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { RdbPlace } from '../../../server/api/rdbPlace.ts';
import type { LinkLimits } from './rdbLink.ts';
import type { Ready } from './rdbMessages.ts';
import type { Attachment } from './readAttachment.ts';

const knock: Partial<LinkLimits> = { greetingMs: 1_500, leavingMs: 500 };
const searchLimitMs = 60_000;

/**
 * Opens a session at the place, or at the first of several ports where a task answers. Each is visited at most once and one
 * after the other: a task that has been visited runs on when it is left, so none is visited that is not wanted.
 */
export const openFirst = async (
  { host, port, searchPorts }: Attachment,
  open: (place: RdbPlace, limits: Partial<LinkLimits>) => Promise<Ready>,
): Promise<Ready> => {
  if (searchPorts <= 1) return open({ host, port }, {});
  const until = performance.now() + searchLimitMs;
  for (let at = port; at < port + searchPorts && performance.now() < until; at += 1) {
    try {
      return await open({ host, port: at }, knock);
    } catch (error) {
      if (!(error instanceof CeleriacError)) throw error;
    }
  }
  const last = port + searchPorts - 1;
  throw new CeleriacError(
    'notFound',
    t(
      'No task is paused on {0}, ports {1}–{2}. rdb listens only on 127.0.0.1 unless CELERY_RDB_HOST is set for the worker.',
      host,
      port,
      last,
    ),
  );
};
