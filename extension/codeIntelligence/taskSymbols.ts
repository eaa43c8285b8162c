import type * as vscode from 'vscode';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import { taskSymbol } from '../shown/taskSymbol.ts';
import { asLocation } from './taskPlaces.ts';

/** What begins a search for tasks among all symbols of the workspace. */
const prefix = 'celery:';

/** All tasks of the workspace, for those who ask for them by `celery:`. */
export const taskSymbols = ({ code }: Parts): vscode.WorkspaceSymbolProvider => ({
  provideWorkspaceSymbols: async (query) => {
    const asked = query.trimStart().toLowerCase();
    if (!asked.startsWith(prefix)) return [];
    const wanted = asked.slice(prefix.length).trim();
    const tasks = await code.ask(requests.codeTasks, { file: null });
    return tasks
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .map((task) => taskSymbol(`${prefix}${task.name}`, task.function, asLocation(task)));
  },
});
