import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectionConfig } from '../../../server/api/model.ts';
import { readRedisTarget } from '../../../server/brokers/redisTarget.ts';

const read = (url: string, rest: Partial<ConnectionConfig> = {}) =>
  readRedisTarget({ id: 'x', name: 'x', url, transportOptions: {}, workerLostAfterMs: 1, maxTasks: 1, ...rest });

describe('readRedisTarget', () => {
  it('fills in what a URL leaves out, as kombu does', () => {
    const target = read('redis://');
    assert.deepEqual(target.endpoints, [{ host: '127.0.0.1', port: 6379 }]);
    assert.equal(target.naming.db, 0);
    assert.equal(target.password, null);
    assert.equal(target.tls, null);
  });

  it('takes user, password and database from the URL', () => {
    const target = read('redis://w%40tcher:p%2Fw@h:6380/7');
    assert.equal(target.user, 'w@tcher');
    assert.equal(target.password, 'p/w');
    assert.equal(target.naming.db, 7);
  });

  it('takes the database of a socket from the query, and its path from the path', () => {
    const target = read('redis+socket://:secret@/run/redis/r.sock?virtual_host=2');
    assert.deepEqual(target.endpoints, [{ path: '/run/redis/r.sock' }]);
    assert.equal(target.naming.db, 2);
    assert.equal(target.password, 'secret');
  });

  it('finds all sentinels, the login of the master in the first URL and that of the sentinels in the options', () => {
    const target = read('sentinel://:pw@a/3;sentinel://b:27000', {
      transportOptions: { master_name: 'main', sentinel_kwargs: { username: 'su', password: 'sp', ssl: true } },
    });
    assert.deepEqual(target.endpoints, [
      { host: 'a', port: 26379 },
      { host: 'b', port: 27000 },
    ]);
    assert.equal(target.password, 'pw');
    assert.equal(target.naming.db, 3);
    assert.equal(target.sentinel?.masterName, 'main');
    assert.equal(target.sentinel?.user, 'su');
    assert.equal(target.sentinel?.password, 'sp');
    assert.equal(target.sentinel?.tls?.().rejectUnauthorized, true);
    assert.equal(target.tls, null);
  });

  for (const [query, rejects] of [
    ['', true],
    ['?ssl_cert_reqs=required', true],
    ['?ssl_cert_reqs=CERT_REQUIRED', true],
    ['?ssl_cert_reqs=CERT_OPTIONAL', true],
    ['?ssl_cert_reqs=none', false],
    ['?ssl_cert_reqs=CERT_NONE', false],
  ] as const) {
    it(`${rejects ? 'checks' : 'does not check'} the certificate of rediss://h${query}`, () => {
      assert.equal(read(`rediss://h${query}`).tls?.().rejectUnauthorized, rejects);
    });
  }

  it('lets the connection overrule the URL about certificates, and encrypts redis:// when told how', () => {
    assert.equal(read('rediss://h?ssl_cert_reqs=none', { tls: { verify: true } }).tls?.().rejectUnauthorized, true);
    assert.equal(read('redis://h', { tls: { verify: false } }).tls?.().rejectUnauthorized, false);
  });

  it('does not compare the name in the certificate when told so', () => {
    assert.equal(read('rediss://h').tls?.().checkServerIdentity, undefined);
    assert.notEqual(read('rediss://h?ssl_check_hostname=false').tls?.().checkServerIdentity, undefined);
  });
});
