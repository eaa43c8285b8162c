import type { Redis } from 'ioredis';
import type { GroupResult, TaskResult } from '../api/results.ts';
import { addressOf } from '../brokers/redisErrors.ts';
import { decodeChordPart, decodeGroup } from '../celery/groupMessage.ts';
import { peekStatus, statusWithinBytes } from '../celery/resultFormat.ts';
import { type ResultKeys, readResultKeys } from '../celery/resultKeys.ts';
import { decodeTaskResult, missingResult, unreadResult } from '../celery/resultMessage.ts';
import { countStatuses, groupOf, savedGroup } from './groupProgress.ts';
import { largestEntryBytes, tooLarge } from './largestEntry.ts';
import { type RedisAddressOptions, readRedisAddress } from './redisAddress.ts';
import { RedisConnection } from './redisConnection.ts';
import { RedisSubscriber } from './redisSubscriber.ts';
import type { ResultStore } from './resultStore.ts';

/** Results in Redis (celery/backends/redis.py). */
export const createRedisResults = (options: RedisAddressOptions): ResultStore => {
  const target = readRedisAddress(options);
  const keys = readResultKeys(options.transportOptions);
  const commands = new RedisConnection(target);
  const news = new RedisConnection(target);
  const subscriber = new RedisSubscriber(news);
  return {
    name: `Redis at ${target.endpoints.map(addressOf).join(', ')}`,
    // Every change is published; this is for a worker that may not publish, and for a connection that died unheard.
    recheckMs: 5_000,
    read: (taskId) => commands.read((client) => readTask(client, keys, taskId)),
    // The worker publishes under the name of the key (RedisBackend._set).
    watch: (taskId, watcher) => subscriber.watch(keys.task(taskId), watcher),
    group: (groupId) => readGroup(commands, keys, groupId),
    chord: (groupId) => commands.read((client) => readChord(client, keys, groupId)),
    close: async () => {
      news.close();
      commands.close();
    },
  };
};

const readTask = async (client: Redis, keys: ResultKeys, taskId: string): Promise<TaskResult> => {
  const payload = await readHead(client, keys.task(taskId), largestEntryBytes);
  if (payload.length === 0) return missingResult(taskId);
  if (payload.length <= largestEntryBytes) return decodeTaskResult(taskId, payload);
  return unreadResult(taskId, tooLarge(await client.strlen(keys.task(taskId))));
};

/** One byte more than wanted tells that there is more. */
const readHead = (client: Redis, key: string, bytes: number): Promise<Buffer> => client.getrangeBuffer(key, 0, bytes);

const readGroup = async (commands: RedisConnection, keys: ResultKeys, groupId: string): Promise<GroupResult | null> => {
  const payload = await commands.read((client) => client.getBuffer(keys.group(groupId)));
  if (payload === null) return null;
  const members = decodeGroup(payload);
  if ('sentence' in members) return groupOf(groupId, { sentence: members.sentence });
  return savedGroup(groupId, members.taskIds, (taskIds) =>
    commands.read((client) => Promise.all(taskIds.map((taskId) => readStatus(client, keys, taskId)))),
  );
};

/** ioredis sends commands of one turn in one write. */
const readStatus = async (client: Redis, keys: ResultKeys, taskId: string): Promise<string> => {
  const start = await readHead(client, keys.task(taskId), statusWithinBytes);
  return peekStatus(start) ?? (await readTask(client, keys, taskId)).status;
};

/** Beyond this the parts, which carry their values, are only counted. */
const mostParts = 1_000;

/** `<group>.j` holds the parts that have ended, `.s` how many there will be, `.t` how many were added since. */
const readChord = async (client: Redis, keys: ResultKeys, groupId: string): Promise<GroupResult | null> => {
  const key = keys.group(groupId);
  const [size, added, kind] = await Promise.all([
    client.get(`${key}.s`),
    client.get(`${key}.t`),
    client.type(`${key}.j`),
  ]);
  if (size === null && kind === 'none') return null;
  // result_chord_ordered = False makes it a list.
  const isList = kind === 'list';
  const finished = isList ? await client.llen(`${key}.j`) : await client.zcard(`${key}.j`);
  const total = size === null ? null : Number(size) + Number(added ?? 0);
  if (finished > mostParts) {
    const sentence = `Its ${finished} finished tasks are too many to list.`;
    return groupOf(groupId, { finished, total, sentence });
  }
  const parts = isList
    ? await client.lrangeBuffer(`${key}.j`, 0, -1)
    : await client.zrangeBuffer(`${key}.j`, '0', '-1');
  const read = parts.map(decodeChordPart).filter((part) => part !== null);
  return groupOf(groupId, {
    finished,
    total,
    taskIds: read.map(({ taskId }) => taskId),
    byStatus: countStatuses(read.map(({ status }) => status)),
    sentence:
      read.length === parts.length ? null : 'Some of its finished tasks are not stored as JSON and are not listed.',
  });
};
