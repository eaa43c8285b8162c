import assert from 'node:assert/strict';
import type { ErrorCode } from '../../server/api/errors.ts';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { attempt, refusal } from './amqpRefusal.ts';
import { type AmqpSubject, amqpSuite } from './amqpSuite.ts';

/** Connections to the suite's server, and the files that open it. */
const waysIn = ({ rabbitmq, config }: AmqpSubject) => {
  const { caFile = '', certFile = '', keyFile = '', host, port } = rabbitmq;
  const at = (scheme: string, more: Partial<ConnectionConfig> = {}, rest = '//', user = 'guest:guest') => ({
    ...config,
    url: `${scheme}://${user}@${host}:${port}${rest}`,
    ...more,
  });
  return { at, caFile, certFile, keyFile, own: { caFile, certFile, keyFile } };
};

type WaysIn = ReturnType<typeof waysIn>;

const refusals: readonly [string, (ways: WaysIn) => ConnectionConfig, ErrorCode, RegExp][] = [
  [
    'without the CA',
    ({ at, certFile, keyFile }) => at('amqps', { tls: { certFile, keyFile } }),
    'brokerTls',
    /not signed by a CA that this machine trusts.*CA/,
  ],
  [
    'without a client certificate',
    ({ at, caFile }) => at('amqps', { tls: { caFile } }),
    'brokerTls',
    /refused the client certificate/,
  ],
  [
    'under a name that is not in its certificate',
    ({ at, own }) => at('amqps', { tls: own }, '//?server_name_indication=other.example'),
    'brokerTls',
    /not issued for other\.example/,
  ],
  [
    'with a file that is not there',
    ({ at, own }) => at('amqps', { tls: { ...own, caFile: '/no/such/ca.pem' } }),
    'brokerTls',
    /\/no\/such\/ca\.pem cannot be read/,
  ],
  [
    'with a key that does not fit its certificate',
    ({ at, own }) => at('amqps', { tls: { ...own, certFile: own.caFile } }),
    'brokerTls',
    /TLS handshake .* failed/,
  ],
  ['without TLS', ({ at }) => at('amqp'), 'brokerUnreachable', /without a greeting.*amqps:\/\/ 5671/],
  [
    'by a wrong password',
    ({ at, own }) => at('amqps', { tls: own }, '//', 'guest:nonsense'),
    'brokerAuth',
    /refused the user "guest"/,
  ],
  [
    'in a virtual host that does not exist',
    ({ at, own }) => at('amqps', { tls: own }, '/none'),
    'brokerMissing',
    /has no virtual host "none"/,
  ],
];

amqpSuite('RabbitMQ with TLS that asks for a client certificate', { tls: 'mutual' }, (check) => {
  check('is reached with the files of the connection settings', async (subject) => {
    const { at, own } = waysIn(subject);
    assert.equal(await attempt(at('amqps', { tls: own })), null);
  });

  check('is reached with files in the URL, in the names of kombu and in those of RabbitMQ', async (subject) => {
    const { at, caFile, certFile, keyFile } = waysIn(subject);
    const kombu = `//?ssl_ca_certs=${caFile}&ssl_certfile=${certFile}&ssl_keyfile=${keyFile}`;
    const rabbitmq = `//?cacertfile=${caFile}&certfile=${certFile}&keyfile=${keyFile}`;
    assert.equal(await attempt(at('amqps', {}, kombu)), null);
    assert.equal(await attempt(at('amqps', {}, rabbitmq)), null);
  });

  check('is reached by amqp:// with TLS settings, as Celery does with broker_use_ssl', async (subject) => {
    const { at, own } = waysIn(subject);
    assert.equal(await attempt(at('amqp', { tls: own })), null);
  });

  check('is reached unverified when that is asked for', async (subject) => {
    const { at, certFile, keyFile } = waysIn(subject);
    assert.equal(await attempt(at('amqps', { tls: { certFile, keyFile, verify: false } })), null);
  });

  for (const [title, connection, code, sentence] of refusals) {
    check(`is not reached ${title}, and the sentence says so`, async (subject) => {
      const error = await refusal(connection(waysIn(subject)));
      assert.match(error.message, sentence);
      assert.equal(error.code, code, error.message);
      assert.doesNotMatch(error.message, /nonsense/);
    });
  }
});
