import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { DumpTarget } from '../../server/api/threads.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import { run } from '../commands/run.ts';
import { orLeft } from '../pick/orLeft.ts';
import { askModally } from '../shown/messages.ts';
import { lostOutput } from './dumpWords.ts';

/**
 * Nothing changes in the cluster, so a read-only connection may do it; production is asked, and so is who could not read
 * the answer. Throws when nothing is to be done.
 */
export const confirmDump = async (target: DumpTarget, cluster: ClusterSnapshot): Promise<void> => {
  const { hostname, logFiles, output, pid } = target;
  const write = {
    title: t('Dump Threads of {0}', hostname),
    consequence: t('SIGUSR1 has process {0} write the stacks of its threads to its standard error.', pid ?? '?'),
    action: t('Dump'),
    weight: 'plain',
  } as const;
  await confirmWrite(write, { ...cluster, isReadOnly: false });
  const lost = logFiles.length > 0 ? null : lostOutput(output);
  if (lost === null) return;
  const there = t('Dump There');
  const attach = t('Attach Debugger…');
  const ways = output.kind === 'nowhere' ? [attach] : [there, attach];
  const message = t('The threads of {0} cannot be shown here.', hostname);
  const chosen = await askModally({ message, detail: [lost] }, ...ways);
  if (chosen === attach) void run('attachDebugger', { clusterId: cluster.clusterId, hostname });
  orLeft(chosen === there ? chosen : undefined);
};
