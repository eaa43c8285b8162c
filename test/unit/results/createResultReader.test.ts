import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CeleriacError } from '../../../server/api/errors.ts';
import { createResultReader } from '../../../server/results/createResultReader.ts';

const refusalOf = (url: string, transportOptions: Record<string, unknown> = {}): CeleriacError => {
  try {
    createResultReader({ url, transportOptions });
  } catch (error) {
    if (error instanceof CeleriacError) return error;
    throw error;
  }
  assert.fail(`${url} was taken`);
};

describe('a result backend that cannot be read', () => {
  const refused: readonly (readonly [url: string, code: string, sentence: RegExp])[] = [
    ['rpc://', 'unsupported', /rpc:\/\/ are sent to the process that called the task, and nothing else can read/],
    ['rpc', 'unsupported', /nothing else can read/],
    ['amqp://guest@h//', 'unsupported', /nothing else can read/],
    ['disabled://', 'unsupported', /keeps no results/],
    ['cache+memcached://127.0.0.1:11211/', 'unsupported', /from Memcached/],
    ['cache+memory://', 'unsupported', /a cache that Celeriac cannot reach/],
    ['django-cache', 'unsupported', /a cache that Celeriac cannot reach/],
    ['db+postgresql://u:secret@h/d', 'unsupported', /from PostgreSQL/],
    ['db+postgresql+psycopg2://u:secret@h/d', 'unsupported', /from PostgreSQL/],
    ['db+mysql://u:secret@h/d', 'unsupported', /from MySQL/],
    ['mongodb://h/d', 'unsupported', /from MongoDB/],
    ['dynamodb://', 'unsupported', /from DynamoDB/],
    ['elasticsearch://h', 'unsupported', /from Elasticsearch/],
    ['s3', 'unsupported', /from Amazon S3/],
    ['django-db', 'unsupported', /does not include the location of Django's database/],
    [
      'django_celery_results.backends:DatabaseBackend',
      'unsupported',
      /does not include the location of Django's database/,
    ],
    ['django-db+postgresql://h/d', 'unsupported', /Django's results from PostgreSQL/],
    ['db+sqlite://', 'unsupported', /only in the memory of the worker/],
    ['db+sqlite:///:memory:', 'unsupported', /only in the memory of the worker/],
    ['db+sqlite://host/results.db', 'badRequest', /names a host/],
    ['db+sqlite:///results.db', 'badRequest', /is relative to the folder in which the worker was started/],
    ['file://results', 'badRequest', /is relative to the folder in which the worker was started/],
    ['own://u:secret@h', 'unsupported', /"own:\/\/u:\*{8}@h" is not a known result backend/],
    [
      'sentinel://h:1/0',
      'badRequest',
      /^The result backend cannot be read\. A sentinel:\/\/ URL needs the transport option master_name/,
    ],
    ['redis://h/nonsense', 'badRequest', /"nonsense" is not a Redis database/],
    ['redis://h?db=x', 'badRequest', /"x" is not a Redis database/],
    ['redis', 'badRequest', /is not a result backend URL/],
    ['file://', 'badRequest', /not a known result backend|is not a result backend/],
    ['', 'badRequest', /is empty/],
  ];
  for (const [url, code, sentence] of refused) {
    it(`says why: ${url || 'an empty URL'}`, () => {
      const error = refusalOf(url);
      assert.equal(error.code, code);
      assert.match(error.message, sentence);
      assert.doesNotMatch(error.message, /secret/);
    });
  }

  it('is never one of these, which open nothing yet', () => {
    const urls = ['redis://h/0', 'rediss://h', 'redis+socket:///s?virtual_host=1', 'file:///f', 'file://localhost/f'];
    for (const url of [
      ...urls,
      'db+sqlite:////f.db',
      'database+sqlite+pysqlite:////f.db',
      'django-db+sqlite:////f.db',
      'sqlite:////f.db',
    ])
      assert.ok(createResultReader({ url }));
    assert.ok(createResultReader({ url: 'sentinel://h/0', transportOptions: { master_name: 'm' } }));
    assert.ok(createResultReader({ url: 'db+sqlite:///f.db', folder: '/tmp' }));
  });

  it('shows its URL without the password', () => {
    assert.equal(createResultReader({ url: 'redis://u:secret@h/0' }).maskedUrl, 'redis://u:********@h/0');
  });
});
