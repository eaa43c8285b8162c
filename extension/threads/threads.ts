import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { DumpTarget } from '../../server/api/threads.ts';
import type { AnswerTexts } from '../answers/answerTexts.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import { rowTarget } from '../commands/rowTarget.ts';
import { namedLogFiles } from '../debug/namedLogFiles.ts';
import { filesLike } from '../debug/waiting/logFiles.ts';
import type { Area, Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseWorker } from '../pick/chooseWorker.ts';
import { orLeft } from '../pick/orLeft.ts';
import { dumpText } from './dumpText.ts';
import { lostOutput } from './dumpWords.ts';
import { ThreadPages } from './threadPages.ts';

/** A busy worker is asked what it runs, and then waited for. */
const dumpWithinMs = 15_000;

/** What the threads of a worker on this machine do. */
export const startThreads = (parts: Parts, texts: AnswerTexts): Area<'compareThreadDumps' | 'dumpThreads'> => {
  const pages = new ThreadPages();
  pages.start();
  return {
    commands: {
      compareThreadDumps: (given) => compare(given, pages, texts),
      dumpThreads: (given) => dump(given, parts, pages),
    },
    dispose: () => pages.dispose(),
  };
};

const dump = async (given: unknown, parts: Parts, pages: ThreadPages): Promise<void> => {
  const title = t('Dump Threads');
  const row = given instanceof vscode.Uri ? pages.placeOf(given) : rowTarget(given);
  const cluster = await chooseCluster(row?.clusterId ?? null, parts, title);
  const hostname = row?.hostname ?? (await chooseWorker(cluster, title));
  const { clusterId } = cluster;
  const target = await parts.backend.request(requests.dumpTarget, { clusterId, hostname });
  if (target.problem !== null) throw new CeleriacError('notFound', target.problem);
  const logFiles = (await Promise.all(namedLogFiles().map(filesLike))).flat();
  await confirm(target, cluster, logFiles.length > 0);
  const progress = { location: vscode.ProgressLocation.Window, title: t('Dumping the threads of {0}', hostname) };
  const taken = await vscode.window.withProgress(progress, () =>
    parts.backend.request(requests.dumpThreads, { clusterId, hostname, logFiles }, dumpWithinMs),
  );
  if (taken.source !== null) return pages.show({ clusterId, hostname }, dumpText(cluster.name, taken));
  if (target.output.kind === 'file' || logFiles.length > 0) throw notWritten(target, logFiles);
};

/** Nothing changes in the cluster, so a read-only connection may do it; production is asked, and so is who cannot read it. */
const confirm = async (target: DumpTarget, cluster: ClusterSnapshot, hasLogFiles: boolean): Promise<void> => {
  const { hostname, output } = target;
  const write = {
    title: t('Dump Threads of {0}', hostname),
    consequence: t('SIGUSR1 has process {0} write the stacks of its threads to its standard error.', target.pid ?? '?'),
    action: t('Dump'),
    weight: 'plain',
  } as const;
  await confirmWrite(write, { ...cluster, isReadOnly: false });
  const lost = hasLogFiles ? null : lostOutput(output);
  if (lost === null) return;
  const message = t('The threads of {0} cannot be shown here.', hostname);
  orLeft(await vscode.window.showWarningMessage(message, { modal: true, detail: lost }, t('Dump There')));
};

const notWritten = ({ hostname, output }: DumpTarget, logFiles: readonly string[]): CeleriacError =>
  new CeleriacError(
    'timeout',
    output.kind === 'file'
      ? t(
          '{0} did not write down its threads within 5 s: its main thread may be busy in code that is not Python.',
          hostname,
        )
      : t(
          'The threads of {0} appeared in none of {1} log files that celeriac.debug.logFiles names.',
          hostname,
          logFiles.length,
        ),
  );

const compare = async (given: unknown, pages: ThreadPages, texts: AnswerTexts): Promise<void> => {
  const place = pages.placeOf(given);
  const held = place && pages.textsOf(place);
  if (!held || held.before === null)
    throw new CeleriacError('badRequest', t('This compares two dumps of one worker: take a second one first.'));
  const { hostname } = place;
  const side = (text: string): vscode.Uri => texts.put(`/${hostname}`, text);
  const title = t('threads {0}: before ↔ now', hostname);
  await vscode.commands.executeCommand('vscode.diff', side(held.before), side(held.now), title, { preview: true });
};
