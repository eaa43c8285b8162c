import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { Area, Parts } from '../parts.ts';
import { openQueue, peekQueue } from './peekQueue.ts';
import { purgeQueue } from './purgeQueue.ts';

/** The commands on a queue. */
export const startQueueCommands = (parts: Parts): Area<'copyQueueName' | 'openQueue' | 'peekQueue' | 'purgeQueue'> => ({
  commands: {
    copyQueueName: async (row) => {
      const { queueName } = row;
      if (queueName === null) throw new CeleriacError('badRequest', t('Run this command on the row of a queue.'));
      await vscode.env.clipboard.writeText(queueName);
    },
    openQueue: (row) => openQueue(row, parts),
    peekQueue: (row) => peekQueue(row, parts),
    purgeQueue: (row) => purgeQueue(row, parts),
  },
  dispose: () => undefined,
});
