import * as vscode from 'vscode';
import type { AnswerPage, AnswerQuestion } from '../../server/api/answers.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { type AnswerPages, answerScheme, questionOf } from './answerPages.ts';

export interface OpenAnswer {
  readonly uri: vscode.Uri;
  readonly question: AnswerQuestion;
  readonly page: AnswerPage;
}

/** A page may be open whose answer never came. */
const nothing: AnswerPage = { text: '', json: null, byWorker: {} };

/** The page that a button above it names, or the one in the active editor; null: there is none. */
export const openAnswer = ({ document }: RowTarget, pages: AnswerPages): OpenAnswer | null => {
  const uri = document ?? vscode.window.activeTextEditor?.document.uri;
  if (uri?.scheme !== answerScheme) return null;
  return { uri, question: questionOf(uri), page: pages.pageAt(uri) ?? nothing };
};
