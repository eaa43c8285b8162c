import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { DumpTarget } from '../../server/api/threads.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import { run } from '../commands/run.ts';
import { orCancelled } from '../pick/orCancelled.ts';
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
    consequence: t(
      'Sends SIGUSR1 to process {0}, which writes the stacks of its threads to standard error.',
      pid ?? '?',
    ),
    action: t('Dump'),
    weight: 'plain',
  } as const;
  await confirmWrite(write, { ...cluster, isReadOnly: false });
  const lost = logFiles.length > 0 ? null : lostOutput(output);
  if (lost === null) return;
  const there = t('Dump Anyway');
  const attach = t('Attach Debugger…');
  const ways = output.kind === 'nowhere' ? [attach] : [there, attach];
  const message = t("The threads of {0} can't be shown here.", hostname);
  const chosen = await askModally({ message, detail: [lost] }, ...ways);
  if (chosen === attach) void run('attachDebugger', { clusterId: cluster.clusterId, hostname });
  orCancelled(chosen === there ? chosen : undefined);
};
