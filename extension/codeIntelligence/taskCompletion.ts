import type * as vscode from 'vscode';
import type { CompletionEntry } from '../../server/api/code.ts';
import { requests } from '../../server/api/requests.ts';
import { asRange } from '../codeProblems/problemFixes.ts';
import type { Parts } from '../parts.ts';
import { completionItem, signatureHelp } from '../shown/completionItem.ts';

/** Where a list opens by itself: in a string, behind the dot of a conf, in a call. */
export const completionTriggers = ['"', "'", '.', '('];
export const signatureTriggers = ['(', ','];

/** Names of tasks and queues, settings, fields of crontabs, options and arguments, where they are typed. */
export const taskCompletion = (parts: Parts): vscode.CompletionItemProvider => ({
  provideCompletionItems: async (document, { line, character }) => {
    const { code, log } = parts;
    if (!code.concerns(document)) return null;
    try {
      const found = await code.ask(requests.codeComplete, { file: document.fileName, line, column: character });
      if (!found) return null;
      const { wanted, range, items } = found;
      const all = wanted === 'queue' ? withLiveQueues(items, parts) : items;
      return all.map((each) => completionItem({ ...each, kind: wanted }, asRange(range)));
    } catch (error) {
      log.error('What can be typed here was not found.', error);
      return null;
    }
  },
});

/** The queues of the active connection join those that the code names. */
const withLiveQueues = (items: readonly CompletionEntry[], { active }: Parts): readonly CompletionEntry[] => {
  const { snapshot } = active;
  if (!snapshot) return items;
  const known = new Set(items.map(({ label }) => label));
  const live = Object.keys(snapshot.queues).filter((name) => !known.has(name));
  return [...items, ...live.map((name) => ({ label: name, insert: name, detail: snapshot.name, documentation: '' }))];
};

/** The signature of the task that is sent, in `.delay(`, `.s(` and the args of `apply_async`. */
export const taskSignatures = ({ code, log }: Parts): vscode.SignatureHelpProvider => ({
  provideSignatureHelp: async (document, { line, character }) => {
    if (!code.concerns(document)) return null;
    try {
      const found = await code.ask(requests.codeSignature, { file: document.fileName, line, column: character });
      return found && signatureHelp(found);
    } catch (error) {
      log.error('The signature of a task was not found.', error);
      return null;
    }
  },
});
