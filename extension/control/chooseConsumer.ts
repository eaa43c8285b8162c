import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { chooseWorkers } from '../pick/chooseWorkers.ts';
import { pickOne } from '../pick/pickOne.ts';
import { queuesOfAll, queuesOfAny, type WorkerFacts } from './workerFacts.ts';

/** A queue, and the workers that start or stop consuming from it. */
interface Consumer {
  readonly queue: string;
  readonly destination: readonly string[] | null;
}

interface ConsumerQuestion {
  readonly title: string;
  readonly cluster: ClusterSnapshot;
  readonly row: RowTarget;
  readonly facts: readonly WorkerFacts[];
}

/** The queue first; only queues that the workers do not consume from yet, and only workers that lack it. */
export const chooseNewConsumer = async ({ title, cluster, row, facts }: ConsumerQuestion): Promise<Consumer> => {
  const queue = row.queueName ?? (await chooseQueue(cluster, title, { without: queuesOfAll(facts) }));
  const lacking = facts.filter(({ queues }) => !queues?.includes(queue));
  if (facts.length > 0 && lacking.length === 0) throw refusal(alreadyConsumes(facts, queue));
  return { queue, destination: await chooseAmong(lacking, { title, cluster, row, facts }) };
};

/** Only queues that are consumed, and only by workers that consume from them: anything else changes nothing. */
export const chooseEndingConsumer = async ({ title, cluster, row, facts }: ConsumerQuestion): Promise<Consumer> => {
  const consumed = queuesOfAny(facts);
  if (consumed?.length === 0) throw refusal(t('{0} does not consume from any queue.', namesOf(facts)));
  const queue = row.queueName ?? (await chooseConsumed(consumed, cluster, title));
  const consuming = facts.filter(({ queues }) => queues === null || queues.includes(queue));
  if (facts.length > 0 && consuming.length === 0)
    throw refusal(t('{0} does not consume from {1}, so nothing was changed.', namesOf(facts), queue));
  return { queue, destination: await chooseAmong(consuming, { title, cluster, row, facts }) };
};

const chooseConsumed = async (
  consumed: readonly string[] | null,
  cluster: ClusterSnapshot,
  title: string,
): Promise<string> => {
  if (consumed === null) return chooseQueue(cluster, title);
  const items = consumed.map((label) => ({ label }));
  return (await pickOne(items, { title, placeHolder: t('Select a queue') })).label;
};

const chooseAmong = async (
  fitting: readonly WorkerFacts[],
  { title, cluster, row }: ConsumerQuestion,
): Promise<readonly string[] | null> => {
  if (row.hostname !== null) return [row.hostname];
  const names = fitting.map(({ hostname }) => hostname);
  const [only, ...others] = names;
  if (only === undefined) return null;
  if (others.length === 0) return [only];
  return chooseWorkers(cluster, title, names);
};

const alreadyConsumes = (facts: readonly WorkerFacts[], queue: string): string =>
  facts.length === 1
    ? t('{0} already consumes from {1}.', namesOf(facts), queue)
    : t('All {0} workers already consume from {1}.', facts.length, queue);

const namesOf = (facts: readonly WorkerFacts[]): string => {
  const [only, ...others] = facts;
  return only && others.length === 0 ? only.hostname : t('No worker');
};

const refusal = (sentence: string): CeleriacError => new CeleriacError('notFound', sentence);
