import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds } from '../commands/ids.ts';
import { type AnswerPages, answerScheme, questionOf } from './answerPages.ts';

/** What can be done with a page stands above it, and the ids of tasks in it lead to their pages. */
export const decorateAnswers = (pages: AnswerPages): vscode.Disposable => {
  const selector = { scheme: answerScheme };
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(selector, {
      provideCodeLenses: ({ uri }) => lensesFor(uri, pages),
    }),
    vscode.languages.registerDocumentLinkProvider(selector, { provideDocumentLinks: linksIn }),
  );
};

const lensesFor = (uri: vscode.Uri, pages: AnswerPages): vscode.CodeLens[] => {
  const page = pages.pageAt(uri);
  const top = new vscode.Range(0, 0, 0, 0);
  const lens = (title: string, command: string) => new vscode.CodeLens(top, { title, command, arguments: [uri] });
  return [
    lens(t('$(refresh) Refresh'), commandIds.refreshInspection),
    ...(Object.keys(page?.byWorker ?? {}).length > 1
      ? [lens(t('$(diff) Compare Workers…'), commandIds.compareWorkers)]
      : []),
    ...(page?.json ? [lens(t('$(copy) Copy as JSON'), commandIds.copyAnswers)] : []),
  ];
};

const taskId = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** Links further down are not drawn: nobody reads so far, and each costs the editor something. */
const linkLimit = 2_000;

const linksIn = (document: vscode.TextDocument): vscode.DocumentLink[] => {
  const { clusterId } = questionOf(document.uri);
  const links: vscode.DocumentLink[] = [];
  for (const match of document.getText().matchAll(taskId)) {
    if (links.length === linkLimit) break;
    const range = new vscode.Range(
      document.positionAt(match.index),
      document.positionAt(match.index + match[0].length),
    );
    const target = encodeURIComponent(JSON.stringify([{ clusterId, taskId: match[0] }]));
    const link = new vscode.DocumentLink(range, vscode.Uri.parse(`command:${commandIds.openTask}?${target}`));
    link.tooltip = t('Open the page of this task');
    links.push(link);
  }
  return links;
};
