import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectionConfig } from '../../../server/api/model.ts';
import { readAmqpHosts } from '../../../server/brokers/amqpTarget.ts';

const hostsOf = (url: string, more: Partial<ConnectionConfig> = {}) =>
  readAmqpHosts({ id: 'a', name: 'a', url, transportOptions: {}, workerLostAfterMs: 1, maxTasks: 1, ...more });

const hostOf = (url: string, more: Partial<ConnectionConfig> = {}) => {
  const [host] = hostsOf(url, more);
  assert.ok(host);
  return host;
};

describe('the AMQP hosts of a broker URL', () => {
  it('have the defaults of kombu', () => {
    const { host, port, user, password, vhost, tls, loginMethod } = hostOf('amqp://');
    assert.deepEqual(
      { host, port, user, password, vhost, tls, loginMethod },
      { host: '127.0.0.1', port: 5672, user: 'guest', password: 'guest', vhost: '/', tls: null, loginMethod: 'PLAIN' },
    );
  });

  const vhosts: readonly [string, string][] = [
    ['amqp://h', '/'],
    ['amqp://h/', '/'],
    ['amqp://h//', '/'],
    ['amqp://h/%2F', '/'],
    ['amqp://h/shop', 'shop'],
    ['amqp://h//shop', '/shop'],
    ['amqp://h/a/b', 'a/b'],
    ['amqp://h/a%2Fb%20c', 'a/b c'],
    ['amqp://h/100%', '100%'],
  ];
  for (const [url, vhost] of vhosts) {
    it(`read the virtual host of ${url} as kombu does: ${vhost}`, () => assert.equal(hostOf(url).vhost, vhost));
  }

  it('decode the user and the password', () => {
    const { user, password } = hostOf('amqp://shop%40eu:p%2Fw%3A%40@h');
    assert.deepEqual([user, password], ['shop@eu', 'p/w:@']);
  });

  it('take the TLS port where TLS is asked for', () => {
    assert.equal(hostOf('amqps://h').port, 5671);
    assert.equal(hostOf('amqp://h?ssl=true').port, 5671);
    assert.equal(hostOf('amqp://h?ssl_ca_certs=/no/such/file').port, 5671);
    assert.equal(hostOf('amqp://h', { tls: {} }).port, 5671);
    assert.equal(hostOf('amqps://h:1234').port, 1234);
  });

  it('write an IPv6 address in brackets', () => {
    const { host, address } = hostOf('amqp://[::1]:5673//');
    assert.deepEqual([host, address], ['::1', '[::1]:5673']);
  });

  it('keep the order of several URLs, each with its own settings', () => {
    const hosts = hostsOf('amqp://a:1@one:1/x;amqps://b:2@two/y');
    assert.deepEqual(
      hosts.map(({ address, user, vhost, tls }) => [address, user, vhost, tls !== null]),
      [
        ['one:1', 'a', 'x', false],
        ['two:5671', 'b', 'y', true],
      ],
    );
  });

  it('give an alternative without a scheme everything of the first but its name', () => {
    const hosts = hostsOf('amqp://u:p@one:1/x;two;three:3');
    assert.deepEqual(
      hosts.map(({ address, user, password, vhost }) => [address, user, password, vhost]),
      [
        ['one:1', 'u', 'p', 'x'],
        ['two:1', 'u', 'p', 'x'],
        ['three:3', 'u', 'p', 'x'],
      ],
    );
  });

  it('log in with a certificate where there is one and no user', () => {
    assert.equal(hostOf('amqps://h?certfile=c.pem').loginMethod, 'EXTERNAL');
    assert.equal(hostOf('amqps://h', { tls: { certFile: 'c.pem' } }).loginMethod, 'EXTERNAL');
    assert.equal(hostOf('amqps://u:p@h?certfile=c.pem').loginMethod, 'PLAIN');
    assert.equal(hostOf('amqps://u:p@h?login_method=external').loginMethod, 'EXTERNAL');
    assert.equal(hostOf('amqp://h', { transportOptions: { login_method: 'AMQPLAIN' } }).loginMethod, 'AMQPLAIN');
    assert.throws(() => hostOf('amqp://h?login_method=GSSAPI'), /GSSAPI is not supported/);
  });

  it('never wait longer than ten seconds for a connection', () => {
    assert.equal(hostOf('amqp://h').connectTimeoutMs, 10_000);
    assert.equal(hostOf('amqp://h?connect_timeout=2').connectTimeoutMs, 2_000);
    assert.equal(hostOf('amqp://h?connect_timeout=600').connectTimeoutMs, 10_000);
    assert.equal(hostOf('amqp://h?connect_timeout=soon').connectTimeoutMs, 10_000);
  });
});

describe('the TLS settings of a broker URL', () => {
  it('verify the certificate and the host name unless told otherwise', () => {
    const verified = hostOf('amqps://h').tls?.();
    assert.deepEqual(verified, { rejectUnauthorized: true });
    assert.equal(hostOf('amqps://h?ssl_cert_reqs=CERT_NONE').tls?.().rejectUnauthorized, false);
    assert.equal(hostOf('amqps://h?verify=verify_none').tls?.().rejectUnauthorized, false);
    assert.equal(hostOf('amqps://h', { tls: { verify: false } }).tls?.().rejectUnauthorized, false);
    assert.equal(typeof hostOf('amqps://h?ssl_check_hostname=false').tls?.().checkServerIdentity, 'function');
  });

  it('name the file that cannot be read', () => {
    const { tls } = hostOf('amqps://h?ssl_ca_certs=/no/such/ca.pem');
    assert.throws(() => tls?.(), { code: 'brokerTls', message: /\/no\/such\/ca\.pem cannot be read/ });
  });

  it('let the connection settings win over the URL', () => {
    const { tls } = hostOf('amqps://h?cacertfile=/from/url.pem', { tls: { caFile: '/from/settings.pem' } });
    assert.throws(() => tls?.(), /\/from\/settings\.pem/);
  });
});
