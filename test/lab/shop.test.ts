import assert from 'node:assert/strict';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Broker } from './lab.ts';
import { Lab, until } from './lab.ts';
import { labTest } from './labTest.ts';

const lab = await Lab.open();
after(() => lab.close());

const shopDay = fileURLToPath(new URL('python/shop_day.py', import.meta.url));
/** What the demo does when nobody tells it anything: the filesystem broker below SHOP_DATA. */
const nothingSet: Broker = { url: '' };

const brokers = {
  'no settings at all': async () => nothingSet,
  Redis: () => lab.redis(),
  RabbitMQ: () => lab.rabbitmq(),
};

const runs = [
  ['no settings at all', '5.7'],
  ['Redis', '5.2'],
  ['Redis', '5.6'],
  ['RabbitMQ', '5.7'],
] as const;

for (const [where, celery] of runs)
  labTest(`a day in the shop ends as it should with ${where} on Celery ${celery}`, async () => {
    const broker = await brokers[where]();
    const worker = await lab.worker({ broker, celery, concurrency: 2 });
    const day = await lab.python({ broker, celery, code: shopDay });
    assert.equal(day.code, 0, day.stderr);
    assert.deepEqual(JSON.parse(day.stdout), {
      placed: [{ order: '4711', label: 'DHL-20095-4711' }, "250 queued 'Your order 4711' for ada@shop.example"],
      declined: 'PaymentDeclined: order 4711: card declined (insufficient funds)',
      slow: 'pay_4711_890',
      homeless: "AddressNotFound: order 4711: no postcode in {'city': 'Hamburg', 'postcode': None}",
      busy: "250 queued 'Your order 4711' for ada@busy.example",
      mismatch: 'StockMismatch: POT-3: the shop says 4, the warehouse -2',
      report: { day: '2026-01-31', regions: 3, total_cents: 3_036_000 },
    });
    assert.equal(worker.output().match(/orders\.charge\[\S+\] retry/g)?.length, 2);
    await worker.stop();
  });

labTest('the traffic stops after the number it is given, and a seed makes it the same each time', async () => {
  const one = await traffic(['--rate', '200', '--count', '25', '--seed', '7']);
  assert.match(one.stdout, /25 requests sent\./);
  const wishes = async () => {
    const { broker } = await traffic(['--rate', '200', '--count', '25', '--seed', '7']);
    const queues = await Promise.all(['default', 'priority', 'emails'].map((name) => broker.cli(['llen', name])));
    return queues.join();
  };
  assert.equal(await wishes(), await wishes());
});

labTest('the traffic waits for a broker that has gone, and ends cleanly when it is told to', async () => {
  const broker = await lab.redis();
  const process = await lab.background({ broker, args: ['-m', 'shop.traffic', '--rate', '50'], readyWhen: 'Ctrl-C' });
  await until('work arrives', async () => Number(await broker.cli(['llen', 'default'])) > 3);
  await broker.kill();
  await until('it says that the broker is gone', () => process.output().includes('did not take it'), 40_000);
  await broker.start();
  await until('work arrives again', async () => Number(await broker.cli(['llen', 'default'])) > 3, 40_000);
  await process.stop();
  assert.match(process.output(), /requests sent\.\n$/);
});

labTest('the traffic refuses a rate that makes no sense', async () => {
  const { code, stderr } = await traffic(['--rate', '0']);
  assert.equal(code, 2);
  assert.match(stderr, /--rate must be more than 0/);
});

const traffic = async (words: readonly string[]) => {
  const broker = await lab.redis();
  const code = 'from shop.traffic import main; main()';
  return { broker, ...(await lab.python({ broker, code, args: words })) };
};
