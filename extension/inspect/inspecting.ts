import { t } from '@vscode/l10n';
import { requests } from '../../server/api/requests.ts';
import type { AnswerPages } from '../answers/answerPages.ts';
import type { AnswerTexts } from '../answers/answerTexts.ts';
import { compareWorkers } from '../answers/compareWorkers.ts';
import { openAnswer } from '../answers/openAnswer.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Area, Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseWorker } from '../pick/chooseWorker.ts';
import { chooseInspection } from './chooseInspection.ts';
import { type InspectPreset, inspectPresets } from './inspectPresets.ts';

/** Asking workers: anything from the palette, certain things from a row. */
export const startInspecting = (
  parts: Parts,
): Area<'compareWorkers' | 'inspectWorkers' | 'openWorker' | InspectPreset> => {
  const { answerPages: pages, answerTexts: texts } = parts;
  const preset =
    (command: InspectPreset) =>
    (row: RowTarget): Promise<void> =>
      inspectRow(row, inspectPresets[command], parts, pages);
  return {
    commands: {
      compareWorkers: (place) => compare(place, parts, pages, texts),
      inspectActive: preset('inspectActive'),
      inspectActiveQueues: preset('inspectActiveQueues'),
      inspectConf: preset('inspectConf'),
      inspectPing: preset('inspectPing'),
      inspectRegistered: preset('inspectRegistered'),
      inspectReport: preset('inspectReport'),
      inspectReserved: preset('inspectReserved'),
      inspectRevoked: preset('inspectRevoked'),
      inspectScheduled: preset('inspectScheduled'),
      inspectStats: preset('inspectStats'),
      inspectWorkers: async (row) => pages.open(await askedFor(row, parts)),
      openWorker: (row) => openWorker(row, parts),
    },
    dispose: () => undefined,
  };
};

/** The page of a worker: all that is known of it. */
const openWorker = async (row: RowTarget, parts: Parts): Promise<void> => {
  const title = t('Open Worker');
  const cluster = await chooseCluster(row.clusterId, parts, title);
  const hostname = row.hostname ?? (await chooseWorker(cluster, title));
  await parts.answerPages.open({ kind: 'worker', clusterId: cluster.clusterId, hostname });
};

const askedFor = async (row: RowTarget, parts: Parts) => {
  const { backend } = parts;
  const cluster = await chooseCluster(row.clusterId, parts, t('Inspect Workers'));
  return chooseInspection(await backend.request(requests.inspectMethods, {}), { cluster, row, backend });
};

const inspectRow = async (row: RowTarget, method: string, parts: Parts, pages: AnswerPages): Promise<void> => {
  const { clusterId, hostname } = row;
  const cluster = await chooseCluster(clusterId, parts, t('Inspect Workers: {0}', method));
  const destination = hostname === null ? null : [hostname];
  await pages.open({ kind: 'inspect', clusterId: cluster.clusterId, method, words: [], destination });
};

/** Of the page that is open; from a row, or without a page, of workers that are asked now. */
const compare = async (place: RowTarget, parts: Parts, pages: AnswerPages, texts: AnswerTexts): Promise<void> => {
  const row = place;
  const { clusterId } = row;
  const open = clusterId === null ? openAnswer(place, pages) : null;
  if (open?.question.kind === 'inspect') return compareWorkers(open.question.method, open.page, texts);
  const question = await askedFor({ ...row, hostname: null }, parts);
  await compareWorkers(question.method, await pages.answer(question), texts);
};
