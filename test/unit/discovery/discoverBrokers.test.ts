import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import type { Discovery } from '../../../server/api/discovery.ts';
import { discoverBrokers } from '../../../server/discovery/discoverBrokers.ts';

const layouts = join(import.meta.dirname, '..', '..', 'fixtures', 'discovery');

const discover = (layout: string, process: Record<string, string> = {}): Promise<Discovery> =>
  discoverBrokers([join(layouts, layout)], process);

const sourcesOf = (layout: string, found: Discovery, url: string): string[] =>
  (found.brokers.find((each) => each.url === url)?.sources ?? []).map(({ file, line }) =>
    file === null ? 'environment' : `${relative(join(layouts, layout), file).replaceAll('\\', '/')}:${line}`,
  );

describe('the brokers of a project', () => {
  test('Django: settings that ask django-environ, through the port that Compose publishes', async () => {
    const found = await discover('django');
    const [first] = found.brokers;
    assert.equal(first?.url, 'redis://localhost:6390/3');
    assert.equal(first?.resultBackend, 'redis://localhost:6390/3');
    assert.deepEqual(first?.transportOptions, { visibility_timeout: 3600, global_keyprefix: 'shop-' });
    assert.match(first?.hint ?? '', /docker-compose\.local\.yml publishes for "redis"/);
    assert.deepEqual(sourcesOf('django', found, 'redis://localhost:6390/3'), [
      '.envs/.local/.django:3',
      'config/settings/base.py:7',
      'docker-compose.local.yml:10',
    ]);
    const inside = found.brokers.find(({ url }) => url === 'redis://redis:6379/3');
    assert.match(inside?.hint ?? '', /known only to the containers/);
    assert.ok(found.brokers.indexOf(inside ?? assert.fail()) > 0);
  });

  test('FastAPI: properties of pydantic settings, filled from .env; the password is not in what is shown', async () => {
    const found = await discover('fastapi');
    const [first] = found.brokers;
    assert.equal(first?.url, 'amqp://shop:s3cret-word@localhost:5673//');
    assert.equal(first?.resultBackend, 'redis://localhost:6379/1');
    assert.equal(first?.certainty, 'settings');
    assert.ok(first?.hasPassword);
    const { url, resultBackend, ...shown } = first ?? assert.fail();
    assert.doesNotMatch(JSON.stringify(shown), /s3cret/);
    assert.equal(url.includes('s3cret'), true);
  });

  test('Flask: dict(broker_url=…) with the % operator', async () => {
    const found = await discover('flask');
    assert.deepEqual(
      found.brokers.map(({ url, resultBackend }) => [url, resultBackend]),
      [['redis://127.0.0.1:6379/2', 'redis://127.0.0.1']],
    );
  });

  test('plain: celeryconfig with alternates and a password from the environment, TOML; not others’ code', async () => {
    const found = await discover('plain', { MQ_PASSWORD: 'from-outside' });
    assert.deepEqual(
      found.brokers.map(({ url }) => url),
      [
        'amqp://jobs:from-outside@mq1.example:5672/jobs;amqp://mq2.example/jobs',
        'amqp://mq2.example/jobs',
        'redis://:toml-secret@redis.example:6380/5',
      ],
    );
    assert.equal(sourcesOf('plain', found, 'redis://:toml-secret@redis.example:6380/5')[0], 'pyproject.toml:2');
  });

  test('a file of configparser, and a field of a class derived from pydantic settings, which nothing sets', async () => {
    const found = await discover('configparser');
    assert.deepEqual(
      found.brokers.map(({ url, resultBackend }) => [url, resultBackend]),
      [['redis://10.0.0.5/2', 'redis://10.0.0.5/1']],
    );
    assert.deepEqual(sourcesOf('configparser', found, 'redis://10.0.0.5/2'), ['shop.cfg:6']);
    assert.deepEqual(
      found.unclear.map(({ source, sentence }) => [source.line, sentence]),
      [
        [8, 'Its value is only known at runtime.'],
        [16, 'Its value comes from the variable MAIL_BROKER_URL, which is not set here.'],
      ],
    );
    const set = await discover('configparser', { MAIL_BROKER_URL: 'redis://mail/0' });
    assert.ok(set.brokers.some(({ url }) => url === 'redis://mail/0'));
  });

  test('says what is named but cannot be told without running the code', async () => {
    const { unclear } = await discover('plain');
    assert.deepEqual(
      unclear.map(({ source, sentence }) => [source.line, sentence]),
      [
        [7, 'Its value is only known at runtime.'],
        [8, 'A "sqs" broker is not supported.'],
      ],
    );
  });

  test('the environment of the process counts, a name that holds no broker does not', async () => {
    const found = await discover('flask', { REDISCLOUD_URL: 'rediss://u:p@cloud.example:7000', HOME_URL: 'https://x' });
    assert.deepEqual(
      found.brokers.map(({ url, certainty }) => [url, certainty]),
      [
        ['redis://127.0.0.1:6379/2', 'settings'],
        ['rediss://u:p@cloud.example:7000', 'likely'],
      ],
    );
    assert.deepEqual(sourcesOf('flask', found, 'rediss://u:p@cloud.example:7000'), ['environment']);
  });

  test('a folder that is not there has no brokers', async () => {
    assert.deepEqual(await discover('nowhere'), { brokers: [], unclear: [], filesRead: 0, leftOut: [] });
  });
});
