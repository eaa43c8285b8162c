import type { NodeFigures } from '../api/codePages.ts';
import type { Cluster } from './cluster.ts';
import { inSlices } from './inSlices.ts';

/** What tasks have done in the last hour, by their names. */
export const nodeFigures = async ({
  state,
}: Pick<Cluster, 'state'>): Promise<Readonly<Record<string, NodeFigures>>> => {
  const types = await inSlices(state.statsInSlices('type', Date.now()));
  return Object.fromEntries(
    types.map(({ name, held, windows }) => {
      const hour = windows.find(({ minutes }) => minutes === 60);
      const figures = {
        running: held['STARTED'] ?? 0,
        waiting: (held['PENDING'] ?? 0) + (held['RECEIVED'] ?? 0) + (held['RETRY'] ?? 0),
        runs: (hour?.succeeded ?? 0) + (hour?.failed ?? 0),
        failed: hour?.failed ?? 0,
      };
      return [name, figures];
    }),
  );
};
