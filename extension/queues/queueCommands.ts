import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { Area, Parts } from '../parts.ts';
import { peekQueue } from './peekQueue.ts';
import { purgeQueue } from './purgeQueue.ts';

/** What can be done to a queue. */
export const startQueueCommands = (parts: Parts): Area<'copyQueueName' | 'peekQueue' | 'purgeQueue'> => ({
  commands: {
    copyQueueName: async (row) => {
      const { queueName } = row;
      if (queueName === null) throw new CeleriacError('badRequest', t('This copies the name of a queue from its row.'));
      await vscode.env.clipboard.writeText(queueName);
    },
    peekQueue: (row) => peekQueue(row, parts, parts.answerPages),
    purgeQueue: (row) => purgeQueue(row, parts),
  },
  dispose: () => undefined,
});
