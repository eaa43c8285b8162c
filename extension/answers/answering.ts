import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import { rowTarget } from '../commands/rowTarget.ts';
import { chooseInspection } from '../inspect/chooseInspection.ts';
import { type InspectPreset, inspectPresets } from '../inspect/inspectPresets.ts';
import type { Area, Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { decorateAnswers } from './answerDecor.ts';
import { type AnswerPages, answerScheme, questionOf } from './answerPages.ts';
import type { AnswerTexts } from './answerTexts.ts';
import { compareWorkers } from './compareWorkers.ts';

type PageCommand =
  | 'compareWorkers'
  | 'copyAnswers'
  | 'inspectWorkers'
  | 'peekQueue'
  | 'refreshInspection'
  | 'showAuditLog';

/** Questions whose answers open as pages: of workers, of the head of a queue, of what was changed. */
export const startAnswering = (
  parts: Parts,
  pages: AnswerPages,
  texts: AnswerTexts,
): Area<PageCommand | InspectPreset> => {
  const decor = decorateAnswers(pages);
  const presets = Object.fromEntries(
    Object.entries(inspectPresets).map(([command, method]) => [
      command,
      (row: unknown) => inspectRow(row, method, parts, pages),
    ]),
  ) as Area<InspectPreset>['commands'];
  return {
    commands: {
      ...presets,
      compareWorkers: (place) => compare(place, parts, pages, texts),
      copyAnswers: async (place) => {
        const json = pages.pageAt(uriOf(place))?.json;
        if (!json) throw new CeleriacError('notFound', t('Nobody answered, so there is nothing to copy.'));
        await vscode.env.clipboard.writeText(json);
      },
      inspectWorkers: async (row) => pages.open(await askedFor(row, parts)),
      peekQueue: (row) => peek(row, parts, pages),
      refreshInspection: (place) => pages.refresh(uriOf(place)),
      showAuditLog: async (row) => {
        const { clusterId } = await chooseCluster(rowTarget(row).clusterId, parts, t('Show Audit Log'));
        await pages.open({ kind: 'audit', clusterId });
      },
    },
    dispose: () => decor.dispose(),
  };
};

const askedFor = async (row: unknown, parts: Parts) => {
  const { clusterId, hostname } = rowTarget(row);
  const cluster = await chooseCluster(clusterId, parts, t('Inspect Workers'));
  return chooseInspection(cluster, hostname, await parts.backend.request(requests.inspectMethods, {}));
};

const inspectRow = async (row: unknown, method: string, parts: Parts, pages: AnswerPages): Promise<void> => {
  const { clusterId, hostname } = rowTarget(row);
  const cluster = await chooseCluster(clusterId, parts, t('Inspect Workers: {0}', method));
  const destination = hostname === null ? null : [hostname];
  await pages.open({ kind: 'inspect', clusterId: cluster.clusterId, method, words: [], destination });
};

/** Of the page that is open; without one, of workers that are asked now. */
const compare = async (place: unknown, parts: Parts, pages: AnswerPages, texts: AnswerTexts): Promise<void> => {
  const uri = placeOf(place);
  const open = uri ? pages.pageAt(uri) : null;
  if (uri && open) {
    const question = questionOf(uri);
    return compareWorkers(question.kind === 'inspect' ? question.method : question.kind, open, texts);
  }
  const question = await askedFor(place, parts);
  await compareWorkers(question.method, await pages.answer(question), texts);
};

const peekLimit = 50;

const peek = async (row: unknown, parts: Parts, pages: AnswerPages): Promise<void> => {
  const { clusterId, queueName } = rowTarget(row);
  const title = t('Peek into Queue');
  const cluster = await chooseCluster(clusterId, parts, title);
  const queue = queueName ?? (await chooseQueue(cluster, title));
  const touches = await parts.backend.request(requests.peekingTouches, { clusterId: cluster.clusterId });
  if (touches !== null) await confirmPeek(queue, touches, cluster);
  await pages.open({ kind: 'peek', clusterId: cluster.clusterId, queue, limit: peekLimit });
};

/** Where looking changes something, nobody does it unawares. */
const confirmPeek = async (queue: string, touches: string, cluster: ClusterSnapshot): Promise<void> => {
  if (cluster.isReadOnly)
    throw new CeleriacError(
      'readOnly',
      t('{0} is read-only, and looking into {1} would change it. {2}', cluster.name, queue, touches),
    );
  const title = t('Peek into {0}', queue);
  await confirmWrite({ title, consequence: touches, action: t('Peek'), weight: 'confirmed' }, cluster);
};

const placeOf = (place: unknown): vscode.Uri | null => {
  const uri = place instanceof vscode.Uri ? place : vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === answerScheme ? uri : null;
};

const uriOf = (place: unknown): vscode.Uri => {
  const uri = placeOf(place);
  if (uri) return uri;
  throw new CeleriacError('badRequest', t('This is about a page of answers; open one with "Inspect Workers…".'));
};
