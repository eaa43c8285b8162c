import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskBrokerUrl, parseBrokerUrl, splitBrokerUrls } from '../../../server/brokers/url.ts';

describe('parseBrokerUrl', () => {
  it('reads every part, percent-decoded', () => {
    assert.deepEqual(parseBrokerUrl('amqps://us%40er:p%2Fw%3A%23@Rabbit.Example:5671/my%2Fhost?heartbeat=3'), {
      scheme: 'amqps',
      host: 'rabbit.example',
      port: 5671,
      user: 'us@er',
      password: 'p/w:#',
      path: 'my/host',
      query: { heartbeat: '3' },
    });
  });

  it('is null where the URL says nothing', () => {
    const nothing = { host: null, port: null, user: null, password: null, path: null, query: {} };
    assert.deepEqual(parseBrokerUrl('redis://'), { scheme: 'redis', ...nothing });
    assert.deepEqual(parseBrokerUrl('filesystem://'), { scheme: 'filesystem', ...nothing });
  });

  for (const { url, part } of [
    { url: 'redis://:secret@h', part: { user: null, password: 'secret' } },
    { url: 'redis://user@h', part: { user: 'user', password: null } },
    { url: 'redis://u:a:b@h', part: { user: 'u', password: 'a:b' } },
    { url: 'redis://u:a@b@h', part: { password: 'a@b', host: 'h' } },
    { url: 'redis://u:50%@h', part: { password: '50%' } },
    { url: 'redis://[::1]:6380/2', part: { host: '::1', port: 6380, path: '2' } },
    { url: 'redis://h:/1', part: { host: 'h', port: null, path: '1' } },
    { url: 'amqp://h//', part: { path: '/' } },
    { url: 'amqp://h/%2F', part: { path: '/' } },
    {
      url: 'redis+socket:///run/redis.sock?virtual_host=3',
      part: { host: null, path: 'run/redis.sock', query: { virtual_host: '3' } },
    },
  ]) {
    it(`reads ${url} as kombu does`, () => {
      const parsed = parseBrokerUrl(url);
      assert.deepEqual({ ...parsed, ...part }, parsed);
    });
  }

  for (const url of ['localhost:6379', 'redis://u:a/b@h:1', 'redis://h:99999', 'redis://h:port/0', '']) {
    it(`refuses "${url}" without showing what could be a password`, () => {
      assert.throws(
        () => parseBrokerUrl(url),
        (error: Error) => {
          assert.equal('code' in error && error.code, 'badRequest');
          assert.ok(!error.message.includes('a/b'), error.message);
          return true;
        },
      );
    });
  }
});

describe('splitBrokerUrls', () => {
  it('takes several URLs apart, as kombu does', () => {
    assert.deepEqual(splitBrokerUrls('sentinel://a:1/0; sentinel://b:2;'), ['sentinel://a:1/0', 'sentinel://b:2']);
  });
});

describe('maskBrokerUrl', () => {
  for (const [url, masked] of [
    ['redis://localhost:6379/0', 'redis://localhost:6379/0'],
    ['redis://:secret@h/0', 'redis://:********@h/0'],
    ['redis://user:secret@h/0', 'redis://user:********@h/0'],
    ['amqp://user@h//', 'amqp://user@h//'],
    ['redis://u:se@cr@et@h/0', 'redis://u:********@h/0'],
    ['redis://u:se/cr?et@h/0', 'redis://u:********@h/0'],
    ['sentinel://:one@a:1/0;sentinel://:two@b:2', 'sentinel://:********@a:1/0;sentinel://:********@b:2'],
    ['rediss://h?ssl_cert_reqs=none&ssl_password=secret', 'rediss://h?ssl_cert_reqs=none&ssl_password=********'],
    [
      'redis+socket:///s.sock?virtual_host=0&password=secret',
      'redis+socket:///s.sock?virtual_host=0&password=********',
    ],
    ['user:secret@host', '********@host'],
    ['redis://u:se;cr;et@h/0;redis://v:x@i', 'redis://u:********@h/0;redis://v:********@i'],
    ['redis://h:1/0?ssl_ca_certs=/a.pem', 'redis://h:1/0?ssl_ca_certs=/a.pem'],
    ['sqs://AKIA:secret@', 'sqs://AKIA:********@'],
  ] as const) {
    it(`shows ${url} as ${masked}`, () => {
      assert.equal(maskBrokerUrl(url), masked);
    });
  }
});
