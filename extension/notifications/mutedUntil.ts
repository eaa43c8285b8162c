import type * as vscode from 'vscode';

const allKey = 'celeriac.notifications.mutedUntil';
const connectionsKey = 'celeriac.notifications.mutedConnections';

/** What was muted by hand, and until when; 0, or nothing: it is not. */
export interface Mutes {
  readonly all: number;
  /** By connection. */
  readonly connections: Readonly<Record<string, number>>;
}

export const readMutes = (memento: vscode.Memento): Mutes => ({
  all: memento.get<number>(allKey, 0),
  connections: memento.get<Readonly<Record<string, number>>>(connectionsKey, {}),
});

/** `clusterId`: null: all connections. */
export const mutedUntil = ({ all, connections }: Mutes, clusterId: string | null): number =>
  clusterId === null ? all : (connections[clusterId] ?? 0);

export const keepMutedUntil = async (
  memento: vscode.Memento,
  clusterId: string | null,
  until: number,
): Promise<void> => {
  if (clusterId === null) return memento.update(allKey, until);
  await memento.update(connectionsKey, { ...readMutes(memento).connections, [clusterId]: until });
};
