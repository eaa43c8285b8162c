import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Area, Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { showAnswers } from './answerDecor.ts';
import type { AnswerPages } from './answerPages.ts';
import { openAnswer } from './openAnswer.ts';

/** What can be done with any page of answers, and the one of what was changed. */
export const startAnswering = (parts: Parts): Area<'copyAnswers' | 'refreshInspection' | 'showAuditLog'> => {
  const { answerPages: pages, surfaces } = parts;
  const documents = showAnswers(pages, surfaces);
  return {
    commands: {
      copyAnswers: async (place) => {
        const { json } = mustBeOpen(place, pages).page;
        if (json === null) throw new CeleriacError('notFound', t('Nobody answered, so there is nothing to copy.'));
        await vscode.env.clipboard.writeText(json);
      },
      refreshInspection: (place) => pages.refresh(mustBeOpen(place, pages).uri),
      showAuditLog: async (row) => {
        const { clusterId } = await chooseCluster(row.clusterId, parts, t('Show Audit Log'));
        await pages.open({ kind: 'audit', clusterId });
      },
    },
    dispose: () => documents.dispose(),
  };
};

const mustBeOpen = (place: RowTarget, pages: AnswerPages) => {
  const open = openAnswer(place, pages);
  if (open) return open;
  throw new CeleriacError('badRequest', t('This is about a page of answers; open one with "Inspect Workers…".'));
};
