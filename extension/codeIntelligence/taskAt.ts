import type * as vscode from 'vscode';
import type { MeantTask } from '../../server/api/code.ts';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';

const nameInDocument = /beat_?schedule|routes|annotations/i;

/** The documents that the features are for. */
export const codeSelector: vscode.DocumentSelector = [{ language: 'python', scheme: 'file' }];
export const everySelector: vscode.DocumentSelector = [
  { language: 'python', scheme: 'file' },
  { language: 'yaml', scheme: 'file' },
  { language: 'json', scheme: 'file' },
  { language: 'jsonc', scheme: 'file' },
];

/** The task that the place stands for; null: none, and nothing was asked where the document has nothing to do with Celery. */
export const taskAt = async (
  { code, log }: Parts,
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
): Promise<MeantTask | null> => {
  if (!code.concerns(document) && !nameInDocument.test(document.getText())) return null;
  try {
    const place = { file: document.fileName, line, column: character };
    return await code.ask(requests.codeTaskAt, { ...place, now: Date.now() });
  } catch (error) {
    log.error('The task at a place in the code was not found.', error);
    return null;
  }
};
