import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Area, Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { showAnswers } from './answerDecor.ts';
import type { AnswerPages } from './answerPages.ts';
import { type OpenAnswer, openAnswer } from './openAnswer.ts';

type Commands = 'copyAnswers' | 'openAnswerJson' | 'refreshInspection' | 'showAuditLog';

/** The commands on any answer page, and the page of the audit log. */
export const startAnswering = (parts: Parts): Area<Commands> => {
  const { answerPages: pages, answerTexts: texts, surfaces } = parts;
  const documents = showAnswers(pages, surfaces);
  return {
    commands: {
      copyAnswers: async (place) => {
        await vscode.env.clipboard.writeText(jsonOf(mustBeOpen(place, pages)));
      },
      openAnswerJson: async (place) => {
        const open = mustBeOpen(place, pages);
        await texts.show(`${open.uri.path}.json`, jsonOf(open));
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

const jsonOf = ({ page }: OpenAnswer): string => {
  if (page.json === null) throw new CeleriacError('notFound', t('No answers, so there is no JSON.'));
  return page.json;
};

const mustBeOpen = (place: RowTarget, pages: AnswerPages): OpenAnswer => {
  const open = openAnswer(place, pages);
  if (open) return open;
  throw new CeleriacError('badRequest', t('Open an answer page first, for example with "Inspect Workers…".'));
};
