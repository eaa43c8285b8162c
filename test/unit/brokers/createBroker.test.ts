import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { ConnectionConfig } from '../../../server/api/model.ts';
import { createBroker } from '../../../server/brokers/createBroker.ts';

const at = (url: string, transportOptions: Readonly<Record<string, unknown>> = {}): ConnectionConfig => ({
  id: 'x',
  name: 'x',
  url,
  transportOptions,
  workerLostAfterMs: 1,
  maxTasks: 1,
});

const refusal = (config: ConnectionConfig): CeleriacError => {
  try {
    createBroker(config);
  } catch (error) {
    assert.ok(error instanceof CeleriacError);
    return error;
  }
  assert.fail(`${config.url} was accepted`);
};

describe('createBroker', () => {
  for (const [url, kind] of [
    ['redis://h/0', 'redis'],
    ['rediss://h/0', 'redis'],
    ['redis+socket:///s.sock', 'redis'],
    ['REDIS://h/0', 'redis'],
    ['amqp://h//', 'amqp'],
    ['amqps://h//', 'amqp'],
    ['pyamqp://h//', 'amqp'],
    ['filesystem://', 'filesystem'],
  ] as const) {
    it(`serves ${url} with ${kind}`, () => {
      assert.equal(createBroker(at(url)).kind, kind);
    });
  }

  it('needs the name of the master behind sentinels', () => {
    assert.equal(createBroker(at('sentinel://h/0', { master_name: 'm' })).kind, 'redis');
    assert.match(refusal(at('sentinel://h/0')).message, /master_name/);
  });

  for (const [url, words] of [
    ['sqs://key:secret@', /Amazon SQS is not supported\. Supported: Redis.*without a connection/],
    ['SQS://', /Amazon SQS/],
    ['mongodb://h', /MongoDB/],
    ['sqla+mysql://root:secret@h/db', /SQLAlchemy/],
    ['memory://', /inside one Python process/],
    ['gcpubsub://projects/p', /Google Cloud Pub\/Sub/],
    ['rabbit://h', /"rabbit" is not a broker of Celery/],
    ['constructor://h', /is not a broker of Celery/],
  ] as const) {
    it(`says of ${url} what works instead`, () => {
      const error = refusal(at(url));
      assert.equal(error.code, 'unsupported');
      assert.match(error.message, words);
      assert.ok(!error.message.includes('secret'));
    });
  }

  for (const url of ['localhost', 'user:secret@localhost:6379', '', 'redis://h/db-name']) {
    it(`refuses "${url}" as a URL`, () => {
      const error = refusal(at(url));
      assert.equal(error.code, 'badRequest');
      assert.ok(!error.message.includes('secret'), error.message);
    });
  }
});
