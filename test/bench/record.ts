import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { usualCelery } from '../../scripts/setup/python.ts';
import { Lab, until } from '../lab/lab.ts';
import { recordedFile } from './recordedTasks.ts';

/**
 * Makes the benchmark's recording anew: what a real prefork worker of the demo shop says about two dozen tasks, byte for
 * byte. Run by hand: `node test/bench/record.ts`.
 */
/** About the share of failures a shop sees on a bad day. */
const kept = { succeeded: 23, failed: 1 };
const quietMs = 1_500;
const root = join(import.meta.dirname, '..', '..');

const placeOrders = `
import random
from shop import traffic
chance = random.Random(5)
for _ in range(120):
    chance.choices(list(traffic.WISHES), list(traffic.WISHES.values()))[0](chance, traffic.MIXED)
`;

const record = async (lab: Lab): Promise<string[]> => {
  const redis = await lab.redis();
  await lab.worker({ broker: redis, name: 'worker1' });
  const client = new Redis(redis.url);
  const events: string[] = [];
  let heardAt = Date.now();
  client.on('pmessageBuffer', (_pattern, _channel, envelope: Buffer) => {
    const found = eventsIn(envelope);
    if (found.length > 0) heardAt = Date.now();
    events.push(...found);
  });
  await client.psubscribe('/0.celeryev*');
  const placed = await lab.python({ broker: redis, code: placeOrders });
  if (placed.code !== 0) throw new Error(placed.stderr);
  await until('the worker is done', () => events.length > 0 && Date.now() - heardAt > quietMs, 60_000);
  client.disconnect();
  return events;
};

/** The worker's task events in one message, each as its own text. */
const eventsIn = (envelope: Buffer): string[] => {
  const { body }: { body: string } = JSON.parse(envelope.toString());
  const text = Buffer.from(body, 'base64').toString();
  if (!text.startsWith('[')) return [];
  return text.slice(1, -1).split(/(?<=\}), (?=\{"hostname")/);
};

/** Only tasks with a plain life: received, started, and an end. */
const wholeLives = (events: readonly string[]): string[] => {
  const lives = new Map<string, string[]>();
  for (const text of events) {
    const { uuid }: { uuid: string } = JSON.parse(text);
    lives.set(uuid, [...(lives.get(uuid) ?? []), text]);
  }
  const ended = (type: string) => (life: readonly string[]) =>
    life.length === 3 && life[0]?.includes('"task-received"') && life[2]?.includes(`"${type}"`);
  const all = [...lives.values()];
  return [
    ...all.filter(ended('task-succeeded')).slice(0, kept.succeeded),
    ...all.filter(ended('task-failed')).slice(0, kept.failed),
  ].flat();
};

const lab = await Lab.open();
try {
  const lines = wholeLives(await record(lab)).map((line) =>
    line
      .replaceAll(join(root, '.tools', 'python', `celery-${usualCelery}`), '/srv/shop/venv')
      .replaceAll(join(root, 'demo'), '/srv/shop'),
  );
  writeFileSync(recordedFile, `${lines.join('\n')}\n`);
  console.log(`${lines.length} events are in ${recordedFile}`);
} finally {
  await lab.close();
}
