import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { DumpTarget } from '../../server/api/threads.ts';
import type { AnswerTexts } from '../answers/answerTexts.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { showDifference } from '../commands/run.ts';
import { namedLogFiles } from '../debug/namedLogFiles.ts';
import type { Area, Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseWorker } from '../pick/chooseWorker.ts';
import { showProgress } from '../shown/showProgress.ts';
import { showBriefly } from '../shown/statusItem.ts';
import { confirmDump } from './confirmDump.ts';
import { dumpText } from './dumpText.ts';
import { ThreadPages } from './threadPages.ts';

/** A busy worker is asked what it runs, and then waited for. */
const dumpWithinMs = 15_000;

/** What the threads of a worker on this machine do. */
export const startThreads = (parts: Parts): Area<'compareThreadDumps' | 'dumpThreads'> => {
  const pages = new ThreadPages(parts.surfaces);
  pages.start();
  return {
    commands: {
      compareThreadDumps: (given) => compare(given, pages, parts.answerTexts),
      dumpThreads: (given) => dump(given, parts, pages),
    },
    dispose: () => pages.dispose(),
  };
};

const dump = async (given: RowTarget, parts: Parts, pages: ThreadPages): Promise<void> => {
  const title = t('Dump Threads');
  const row = given.document ? pages.placeOf(given.document) : given;
  const cluster = await chooseCluster(row?.clusterId ?? null, parts, title);
  const hostname = row?.hostname ?? (await chooseWorker(cluster, title));
  const { clusterId } = cluster;
  const worker = { clusterId, hostname, logFiles: namedLogFiles() };
  const target = await parts.backend.request(requests.dumpTarget, worker);
  if (target.problem !== null) throw new CeleriacError('notFound', target.problem);
  await confirmDump(target, cluster);
  const progress = { place: 'statusBar' as const, title: t('Dumping threads of {0}…', hostname) };
  const taken = await showProgress(progress, () => parts.backend.request(requests.dumpThreads, worker, dumpWithinMs));
  if (taken.source !== null) return pages.show({ clusterId, hostname }, dumpText(cluster.name, taken));
  if (target.output.kind === 'file' || target.logFiles.length > 0) throw notWritten(target);
  const done = t('{0} was asked to dump its threads.', hostname);
  showBriefly(done, 10_000, 'check');
};

const notWritten = ({ hostname, output, logFiles }: DumpTarget): CeleriacError =>
  new CeleriacError(
    'timeout',
    output.kind === 'file'
      ? t('{0} did not dump its threads within 5 s. Its main thread may be busy in native code.', hostname)
      : t(
          'The thread dump of {0} did not appear in any of the {1} log files of celeriac.debug.logFiles.',
          hostname,
          logFiles.length,
        ),
  );

const compare = async (given: RowTarget, pages: ThreadPages, texts: AnswerTexts): Promise<void> => {
  const place = pages.placeOf(given.document);
  const held = place && pages.textsOf(place);
  if (!held || held.before === null)
    throw new CeleriacError('badRequest', t('Comparing needs two dumps of one worker. Take a second one first.'));
  const { hostname } = place;
  const side = (text: string): vscode.Uri => texts.put(`/${hostname}`, text);
  const title = t('threads {0}: before ↔ now', hostname);
  await showDifference(side(held.before), side(held.now), title);
};
