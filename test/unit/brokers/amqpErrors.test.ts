import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CeleriacError } from '../../../server/api/errors.ts';
import { explainConnectError, explainEnd, explainVhostRefusal } from '../../../server/brokers/amqpErrors.ts';
import { type Deed, explainMissingRight } from '../../../server/brokers/amqpRights.ts';
import type { AmqpHost } from '../../../server/brokers/amqpTarget.ts';

const host: AmqpHost = {
  host: 'mq.example',
  port: 5672,
  address: 'mq.example:5672',
  user: 'monitor',
  password: 'top-secret',
  vhost: 'shop',
  loginMethod: 'PLAIN',
  tls: null,
  connectTimeoutMs: 10_000,
  managementUrl: null,
};

const socketError = (message: string): Error => Object.assign(new Error(message), { code: message.split(' ')[1] });

describe('a failed connection to RabbitMQ', () => {
  // The messages are amqplib's own, as seen with RabbitMQ 3.10.
  const refused =
    'Handshake terminated by server: 403 (ACCESS-REFUSED) with message "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile."';
  const cases: readonly [string, Error, Partial<AmqpHost>, string, RegExp][] = [
    ['a refused login', new Error(refused), {}, 'brokerAuth', /refused the user "monitor" or the password\. Correct/],
    ['a refused guest', new Error(refused), { user: 'guest' }, 'brokerAuth', /only from the server itself/],
    ['a refused certificate', new Error(refused), { loginMethod: 'EXTERNAL' }, 'brokerAuth', /client certificate/],
    [
      'a login method that is not offered',
      new Error('SASL mechanism EXTERNAL is not provided by the server'),
      { loginMethod: 'EXTERNAL' },
      'brokerAuth',
      /does not offer the login method EXTERNAL/,
    ],
    [
      'a server that hangs up',
      new Error('Socket closed abruptly during opening handshake'),
      { port: 15672 },
      'brokerUnreachable',
      /without a greeting.*15672 is the web page/,
    ],
    ['something else than AMQP', new Error('Invalid frame'), {}, 'brokerProtocol', /does not speak AMQP 0-9-1/],
    ['a reset', socketError('read ECONNRESET'), {}, 'brokerUnreachable', /without a greeting.*amqps:\/\/ 5671/],
    [
      'a closed port',
      socketError('connect ECONNREFUSED'),
      {},
      'brokerUnreachable',
      /Connection refused at mq\.example/,
    ],
  ];
  for (const [title, error, changed, code, sentence] of cases) {
    it(`tells of ${title}`, () => {
      const explained = explainConnectError(error, { ...host, ...changed });
      assert.equal(explained.code, code);
      assert.match(explained.message, sentence);
      assert.doesNotMatch(explained.message, /top-secret/);
      assert.equal(explained.cause, error);
    });
  }

  it('keeps an error that is explained already', () => {
    const error = new CeleriacError('brokerTls', 'The file x cannot be read.');
    assert.equal(explainConnectError(error, host), error);
  });
});

describe('a virtual host that is not opened', () => {
  // The words are RabbitMQ's (rabbit_reader.erl).
  const cases: readonly [string | null, string, RegExp][] = [
    ['NOT_ALLOWED - vhost shop not found', 'brokerMissing', /has no virtual host "shop".*add_vhost shop/],
    [
      "NOT_ALLOWED - access to vhost 'shop' refused for user 'monitor'",
      'brokerPermission',
      /"monitor" has no permissions in the virtual host "shop".*set_permissions -p shop monitor/,
    ],
    [
      "NOT_ALLOWED - access to vhost 'shop' refused for user 'monitor': connection limit (5) is reached",
      'brokerUnreachable',
      /connection limit \(5\) is reached/,
    ],
    [null, 'brokerMissing', /did not open the virtual host "shop".*list_vhosts/],
  ];
  for (const [words, code, sentence] of cases) {
    it(`is explained from ${words === null ? 'no words at all' : `"${words}"`}`, () => {
      const explained = explainVhostRefusal(host, words);
      assert.equal(explained.code, code);
      assert.match(explained.message, sentence);
    });
  }
});

describe('the end of a session at RabbitMQ', () => {
  it('quotes the server when it said why', () => {
    const said = 'Connection closed: 320 (CONNECTION-FORCED) with message "CONNECTION_FORCED - broker forced it"';
    assert.match(
      explainEnd(new Error(said), host).message,
      /closed the connection: CONNECTION_FORCED - broker forced it\./,
    );
  });

  it('says that it was cut when nothing was said', () => {
    assert.match(
      explainEnd(new Error('Unexpected close'), host).message,
      /mq\.example:5672 was lost \(Unexpected close\)/,
    );
    assert.match(explainEnd(undefined, host).message, /mq\.example:5672 was lost\. /);
  });
});

describe('a missing right', () => {
  it('is named with its resource and the pattern that grants it', () => {
    const deed: Deed = { purpose: 'read events', right: 'read', resource: 'exchange', name: 'celeryev' };
    const { code, message } = explainMissingRight(host, deed, null);
    assert.equal(code, 'brokerPermission');
    assert.match(
      message,
      /user "monitor" may not read events: it lacks the read permission on the exchange "celeryev"/,
    );
    assert.match(message, /virtual host "shop"\. Let its read pattern also match \^celeryev\$ /);
  });

  it('is granted for every queue of ours, not for one random name', () => {
    const name = 'celeryev.celeriac.6a1c8e0e-0000-4000-8000-000000000000';
    const deed: Deed = { purpose: 'create a queue', right: 'configure', resource: 'queue', name };
    const { message } = explainMissingRight(host, deed, null);
    assert.match(message, /on the queue "celeryev\.celeriac\.\*"/);
    assert.ok(message.includes('match ^celeryev\\.celeriac\\. '));
  });
});
