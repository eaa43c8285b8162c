import assert from 'node:assert/strict';
import { amqpSuite } from './amqpSuite.ts';
import { endsAt, stagesOf } from './stagesOf.ts';

amqpSuite('testing a connection to RabbitMQ in stages', {}, (check) => {
  check('passes all stages when a worker answers, and leaves no queue', async ({ lab, rabbitmq, config, admin }) => {
    await lab.worker({ broker: rabbitmq, name: 'one' });
    const { stages } = await stagesOf(config);
    assert.equal(stages.find(({ outcome }) => outcome === 'failed')?.sentence, undefined);
    assert.match(stages.at(-1)?.sentence ?? '', /^1 worker answered: one@/);
    assert.match(stages.find(({ stage }) => stage === 'events')?.sentence ?? '', /^RabbitMQ \d/);
    assert.deepEqual(await admin.ourQueues(), []);
  });

  check('the stage that fails says why and what to do', async ({ rabbitmq, config }) => {
    const { host, port } = rabbitmq;
    const url = (user: string, rest: string) => `amqp://${user}@${host}:${port}${rest}`;
    await endsAt({ ...config, url: url('guest:wrong', '//') }, 'auth', /refused the user "guest" or the password/);
    await endsAt({ ...config, url: url('guest:guest', '/none') }, 'place', /no virtual host "none".*add_vhost none/);
    await endsAt({ ...config, url: `amqps://${host}:${port}//` }, 'tls', /does not (?:speak|use) TLS/);
    const strange = { ...config, url: `redis://${host}:${port}/0` };
    await endsAt(strange, 'auth', /^RabbitMQ answers at .+:\d+ \(AMQP\)\. Use amqp:\/\/.+:\d+\/\/\.$/);
    assert.equal((await stagesOf(strange)).suggestedScheme, 'amqp');
    await rabbitmq.ctl(['add_user', 'novice', 'pass']);
    await endsAt({ ...config, url: url('novice:pass', '//') }, 'place', /no permissions in the virtual host/);
    await rabbitmq.ctl(['set_permissions', '-p', '/', 'novice', '^$', '^$', '^$']);
    await endsAt({ ...config, url: url('novice:pass', '//') }, 'events', /lacks the configure permission on the/);
  });
});

amqpSuite('testing a connection to a RabbitMQ that speaks TLS', { tls: true }, (check) => {
  check('without TLS or without its CA ends at TLS', async ({ rabbitmq, config }) => {
    const { host, port, caFile = '' } = rabbitmq;
    await endsAt({ ...config, url: `amqp://${host}:${port}//` }, 'tls', /expects TLS.*amqps:\/\//);
    await endsAt({ ...config, url: `amqps://${host}:${port}//` }, 'tls', /not signed by a CA that this machine trusts/);
    await endsAt({ ...config, url: `amqps://${host}:${port}//`, tls: { caFile } }, 'ping', /no worker answered/);
  });
});
