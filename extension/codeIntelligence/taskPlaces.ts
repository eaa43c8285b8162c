import * as vscode from 'vscode';
import type { CodePlace } from '../../server/api/code.ts';
import { requests } from '../../server/api/requests.ts';
import { asRange } from '../codeProblems/problemFixes.ts';
import type { Parts } from '../parts.ts';
import { taskAt } from './taskAt.ts';

export const asLocation = ({ file, range }: CodePlace): vscode.Location =>
  new vscode.Location(vscode.Uri.file(file), asRange(range));

/** From every use of a task to its definition, and from a task to its uses. */
export const taskPlaces = (parts: Parts): vscode.DefinitionProvider & vscode.ReferenceProvider => ({
  provideDefinition: async (document, position) => {
    const meant = await taskAt(parts, document, position);
    if (!meant?.card) return null;
    const { file, range } = meant.card;
    return [
      {
        originSelectionRange: asRange(meant.range),
        targetUri: vscode.Uri.file(file),
        targetRange: asRange(range),
      },
    ];
  },
  provideReferences: async (document, position, { includeDeclaration }) => {
    const meant = await taskAt(parts, document, position);
    if (!meant) return null;
    const uses = await parts.code.ask(requests.codeUses, { taskName: meant.name });
    return [...(includeDeclaration && meant.card ? [meant.card] : []), ...uses].map(asLocation);
  },
});
