import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CallNode, CodeCall } from '../../server/api/code.ts';
import { requests } from '../../server/api/requests.ts';
import { asRange } from '../codeProblems/problemFixes.ts';
import type { Parts } from '../parts.ts';
import { callItem } from '../shown/taskSymbol.ts';
import { taskAt } from './taskAt.ts';
import { asLocation } from './taskPlaces.ts';

/** Who sends a task, and what it sends: by delay, signatures, schedules. */
export const taskCalls = (parts: Parts): vscode.CallHierarchyProvider => {
  const ids = new WeakMap<vscode.CallHierarchyItem, string>();
  const item = (node: CallNode): vscode.CallHierarchyItem => {
    const made = callItem({ name: node.id, detail: kindWords(node.kind), kind: node.kind }, asLocation(node));
    ids.set(made, node.id);
    return made;
  };
  const callsOf = (made: vscode.CallHierarchyItem) =>
    parts.code.ask(requests.codeCalls, { taskName: ids.get(made) ?? made.name });
  return {
    prepareCallHierarchy: async (document, position) => {
      const meant = await taskAt(parts, document, position);
      return meant?.card ? item({ id: meant.name, kind: 'task', ...meant.card }) : null;
    },
    provideCallHierarchyIncomingCalls: async (made) =>
      (await callsOf(made)).incoming.map(
        ({ node, places }) => new vscode.CallHierarchyIncomingCall(item(node), rangesIn(places)),
      ),
    provideCallHierarchyOutgoingCalls: async (made) =>
      (await callsOf(made)).outgoing.map(
        ({ node, places }) => new vscode.CallHierarchyOutgoingCall(item(node), rangesIn(places)),
      ),
  };
};

const rangesIn = (places: CodeCall['places']): vscode.Range[] => places.map(({ range }) => asRange(range));

const kindWords = (kind: CallNode['kind']): string => {
  switch (kind) {
    case 'task':
      return t('Celery task');
    case 'code':
      return t('sends tasks');
    case 'schedule':
      return t('beat schedule');
    default:
      return kind satisfies never;
  }
};
