import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AnswerQuestion } from '../../server/api/answers.ts';
import { commandTo } from '../commands/commandTo.ts';
import { codeLens } from '../shown/codeLens.ts';
import type { Surfaces } from '../surfaces.ts';
import { type AnswerPages, answerScheme, questionOf } from './answerPages.ts';
import { linksInText } from './textLinks.ts';

/** The pages as documents: their commands stand above them, and the ids of tasks in them lead to their pages. */
export const showAnswers = (pages: AnswerPages, surfaces: Surfaces): vscode.Disposable =>
  surfaces.documents(answerScheme, {
    content: pages,
    lenses: { provideCodeLenses: ({ uri }) => lensesFor(uri, pages) },
    links: { provideDocumentLinks: (document) => linksInText(document, questionOf(document.uri).clusterId) },
  });

/** What can be done with what a page is about. */
const actsOn = (question: AnswerQuestion): readonly vscode.Command[] => {
  const { clusterId } = question;
  switch (question.kind) {
    case 'worker': {
      const { hostname } = question;
      return [
        commandTo('inspectWorkers', t('Inspect…'), { clusterId, hostname }),
        commandTo('controlWorkers', t('Control…'), { clusterId, hostname }),
        commandTo('dumpThreads', t('Dump Threads'), { clusterId, hostname }),
        commandTo('attachDebugger', t('Attach Debugger…'), { clusterId, hostname }),
      ];
    }
    case 'peek': {
      const { queue: queueName } = question;
      return [
        commandTo('peekQueue', t('Peek…'), { clusterId, queueName }),
        commandTo('purgeQueue', t('Purge…'), { clusterId, queueName }),
      ];
    }
    default:
      return [];
  }
};

type PageCommand = 'refreshInspection' | 'compareWorkers' | 'copyAnswers' | 'openAnswerJson';

const lensesFor = (uri: vscode.Uri, pages: AnswerPages): vscode.CodeLens[] => {
  const page = pages.pageAt(uri);
  const top = new vscode.Range(0, 0, 0, 0);
  const lens = (icon: string, title: string, name: PageCommand) =>
    codeLens(top, { ...commandTo(name, title), arguments: [uri] }, icon);
  return [
    lens('refresh', t('Refresh'), 'refreshInspection'),
    ...(Object.keys(page?.byWorker ?? {}).length > 1 ? [lens('diff', t('Compare Workers…'), 'compareWorkers')] : []),
    ...(page?.json
      ? [lens('json', t('Open as JSON'), 'openAnswerJson'), lens('copy', t('Copy as JSON'), 'copyAnswers')]
      : []),
    ...actsOn(questionOf(uri)).map((command) => codeLens(top, command)),
  ];
};
