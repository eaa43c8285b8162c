import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { CeleriacError, type ErrorCode } from '../../server/api/errors.ts';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import { Lab } from '../lab/lab.ts';
import { listen, noSignal } from './amqpListener.ts';
import { connectionTo } from './connectionTo.ts';

const lab = await Lab.open();
after(() => lab.close());

describe('RabbitMQ with TLS that asks for a client certificate', { timeout: 120_000 }, async () => {
  const rabbitmq = await lab.rabbitmq({ tls: 'mutual' });
  const { caFile = '', certFile = '', keyFile = '', host, port } = rabbitmq;
  const own = { caFile, certFile, keyFile };
  const config = (more: Partial<ConnectionConfig>, query = ''): ConnectionConfig => ({
    ...connectionTo(rabbitmq),
    url: `amqps://guest:guest@${host}:${port}//${query}`,
    ...more,
  });
  const connects = async (connection: ConnectionConfig): Promise<void> => {
    const session = await createAmqpBroker(connection).connect(listen(), noSignal);
    await session.close();
    assert.equal(await session.ended, null);
  };

  it('is reached with the CA and a client certificate from the connection settings', async () => {
    await connects(config({ tls: own }));
  });

  it('is reached with the same in the URL, in the names of kombu and in those of RabbitMQ', async () => {
    await connects(config({}, `?ssl_ca_certs=${caFile}&ssl_certfile=${certFile}&ssl_keyfile=${keyFile}`));
    await connects(config({}, `?cacertfile=${caFile}&certfile=${certFile}&keyfile=${keyFile}`));
  });

  it('is reached by amqp:// when the settings ask for TLS, as Celery does with broker_use_ssl', async () => {
    await connects(config({ tls: own, url: `amqp://guest:guest@${host}:${port}//` }));
  });

  it('is reached without verifying anything when that is asked for', async () => {
    await connects(config({ tls: { certFile, keyFile, verify: false } }));
  });

  const refusals: readonly [string, ConnectionConfig, ErrorCode, RegExp][] = [
    ['without the CA', config({ tls: { certFile, keyFile } }), 'brokerTls', /signed by nobody this machine trusts.*CA/],
    ['without a client certificate', config({ tls: { caFile } }), 'brokerTls', /did not accept our certificate/],
    [
      'under a name that is not in its certificate',
      config({ tls: own }, '?server_name_indication=other.example'),
      'brokerTls',
      /not made out to other\.example/,
    ],
    [
      'with a file that is no certificate',
      config({ tls: { ...own, caFile: keyFile, certFile: 'package.json' } }),
      'brokerTls',
      /package\.json|TLS/,
    ],
    ['with a key that does not fit', config({ tls: { ...own, certFile: caFile } }), 'brokerTls', /TLS/],
    ['without TLS', config({ url: `amqp://guest:guest@${host}:${port}//` }), 'brokerUnreachable', /was cut/],
    [
      'by a wrong password',
      config({ tls: own, url: `amqps://guest:nonsense@${host}:${port}//` }),
      'brokerAuth',
      /refused the user/,
    ],
    [
      'in a virtual host that is not there',
      config({ tls: own, url: `amqps://guest:guest@${host}:${port}/none` }),
      'brokerMissing',
      /no virtual host "none"/,
    ],
  ];
  for (const [title, connection, code, sentence] of refusals) {
    it(`is not reached ${title}, and the sentence says so`, async () => {
      const error: unknown = await connects(connection).then(
        () => assert.fail('it connected'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof CeleriacError, String(error));
      assert.match(error.message, sentence);
      assert.equal(error.code, code, error.message);
      assert.doesNotMatch(error.message, /nonsense/);
    });
  }
});
