import { removeEntry } from '../connections/connectionStore.ts';
import type { Parts } from '../parts.ts';
import { demoFolderState, removeDemoFolder } from './demoFolder.ts';
import { demoFolderOf } from './demoStaff.ts';

/** Removes what a window left behind that was ended from outside. */
export const clearLeftovers = async ({ connections }: Parts): Promise<void> => {
  for (const { name, setting } of connections.listed) {
    const folder = demoFolderOf(setting);
    const state = folder === null ? 'foreign' : demoFolderState(folder);
    if (folder === null || state === 'foreign' || state === 'running') continue;
    await removeEntry(name);
    removeDemoFolder(folder);
  }
};
