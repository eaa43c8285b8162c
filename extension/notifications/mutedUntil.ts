import type * as vscode from 'vscode';

const key = 'celeriac.notifications.mutedUntil';

/** Until when notifications were muted by hand; 0: they are not. */
export const readMutedUntil = (memento: vscode.Memento): number => memento.get<number>(key, 0);

export const keepMutedUntil = async (memento: vscode.Memento, until: number): Promise<void> => {
  await memento.update(key, until);
};
