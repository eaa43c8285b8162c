import { CeleriacError } from '../api/errors.ts';
import type { AuditEntry } from '../api/history.ts';
import { phrase } from '../api/phrase.ts';
import type { Cluster } from '../cluster/cluster.ts';

const mostEntries = 500;

/** Who changed what on a connection, the newest first, and whether that outlasts the process. */
export const readAudit = async ({
  history,
  connection,
}: Pick<Cluster, 'history' | 'connection'>): Promise<{
  readonly entries: readonly AuditEntry[];
  readonly isKept: boolean;
}> => {
  if (!history) throw new CeleriacError('unsupported', phrase('audit.none', { connection: connection.name }));
  return { entries: await history.audit({ limit: mostEntries }), isKept: history.status.kind === 'file' };
};
