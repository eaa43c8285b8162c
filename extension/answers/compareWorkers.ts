import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { AnswerPage } from '../../server/api/answers.ts';
import { CeleriacError } from '../../server/api/errors.ts';
import { showDifference } from '../commands/run.ts';
import { pickOne } from '../pick/pickOne.ts';
import type { AnswerTexts } from './answerTexts.ts';
import { differencesOf, differenceWords } from './differences.ts';

/** Shows the answers of two workers to one question side by side, and names what differs. */
export const compareWorkers = async (method: string, { byWorker }: AnswerPage, texts: AnswerTexts): Promise<void> => {
  const hostnames = Object.keys(byWorker).sort();
  if (hostnames.length < 2)
    throw new CeleriacError(
      'badRequest',
      t('There is nothing to compare: only {0} workers answered.', hostnames.length),
    );
  const [one, other] = await choosePair(hostnames, method);
  const [left, right] = [byWorker[one] ?? '', byWorker[other] ?? ''];
  const words = differenceWords(differencesOf(left, right));
  const place = (hostname: string, text: string): vscode.Uri => texts.put(`/${method}/${hostname}.json`, text);
  const title = t('{0}: {1} ↔ {2} · {3}', method, one, other, words);
  await showDifference(place(one, left), place(other, right), title);
};

/** Two are a pair already. */
const choosePair = async (hostnames: readonly string[], method: string): Promise<readonly [string, string]> => {
  const [first = '', second = '', ...more] = hostnames;
  if (more.length === 0) return [first, second];
  const title = t('Compare {0}', method);
  const items = hostnames.map((label) => ({ label }));
  const { label: one } = await pickOne(items, { title, placeHolder: t('Which worker?') });
  const others = items.filter(({ label }) => label !== one);
  const { label: other } = await pickOne(others, { title, placeHolder: t('With which other one than {0}?', one) });
  return [one, other];
};
