import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readConnection } from '../../../../server/faces/cli/connection.ts';
import type { OptionValues } from '../../../../server/faces/cli/options.ts';
import { UsageError } from '../../../../server/faces/cli/usageError.ts';
import { aTerminal } from './aTerminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'celeriac-unit-'));
after(() => rmSync(folder, { recursive: true }));

const file = (content: unknown): string => {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const read = (options: OptionValues, environment: Readonly<Record<string, string>> = {}) =>
  readConnection({
    args: [],
    options,
    environment,
    terminal: aTerminal().terminal,
    interruption: new AbortController().signal,
    defects: { rejections: 0 },
    input: process.stdin,
  });

const refusal = async (options: OptionValues): Promise<string> => {
  try {
    await read(options);
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.message;
  }
  assert.fail('it was taken');
};

test('prefers what was typed to the file, and the file to the environment', async () => {
  const config = file({ broker_url: 'redis://file' });
  const environment = { CELERY_BROKER_URL: 'redis://first', CELERY_BROKER: 'redis://second' };
  assert.equal((await read({ broker: 'redis://typed', config }, environment)).url, 'redis://typed');
  assert.equal((await read({ config }, environment)).url, 'redis://file');
  assert.equal((await read({}, environment)).url, 'redis://first');
  assert.equal((await read({}, { CELERY_BROKER_URL: '', CELERY_BROKER: 'redis://second' })).url, 'redis://second');
  assert.match(await refusal({}), /^No broker is configured\. .*--broker.*CELERY_BROKER_URL/);
});

test('adds what was typed to the options and certificates of the file', async () => {
  const config = file({
    broker_url: ['amqps://a', 'amqps://b'],
    broker_transport_options: { master_name: 'm', sentinel_kwargs: { username: 'u' } },
    broker_use_ssl: { ca_certs: 'ca.pem', ssl_certfile: 'cert.pem', cert_reqs: 'CERT_NONE' },
    task_default_queue: 'of no concern',
  });
  const connection = await read({
    config,
    'transport-option': [{ path: ['sentinel_kwargs', 'password'], value: 'geheim' }],
    'tls-key': 'key.pem',
  });
  assert.equal(connection.url, 'amqps://a;amqps://b');
  assert.deepEqual(connection.transportOptions, {
    master_name: 'm',
    sentinel_kwargs: { username: 'u', password: 'geheim' },
  });
  assert.deepEqual(connection.tls, { caFile: 'ca.pem', certFile: 'cert.pem', keyFile: 'key.pem', verify: false });
});

test('reads both spellings of the certificates, and TLS that is only switched on or off', async () => {
  const tls = async (useSsl: unknown) =>
    (await read({ config: file({ broker_url: 'x://', broker_use_ssl: useSsl }) })).tls;
  assert.deepEqual(await tls({ ssl_ca_certs: 'a', certfile: 'b', ssl_keyfile: 'c', ssl_cert_reqs: 'required' }), {
    caFile: 'a',
    certFile: 'b',
    keyFile: 'c',
    verify: true,
  });
  assert.deepEqual(await tls(true), {});
  assert.equal(await tls(false), undefined);
});

test('says what is wrong with a file without quoting from it', async () => {
  assert.match(await refusal({ config: join(folder, 'missing.json') }), /file not found/);
  assert.match(await refusal({ config: folder }), /it is a folder/);
  const broken = await refusal({ config: file('{"broker_url": "redis://:geheim@h", }') });
  assert.match(broken, /it is not JSON/);
  assert.ok(!broken.includes('geheim'));
  assert.match(await refusal({ config: file([1]) }), /it must contain one JSON object/);
  assert.match(await refusal({ config: file({ broker_url: 7 }) }), /broker_url must be/);
  assert.match(
    await refusal({ config: file({ broker_ulr: 'redis://:geheim@h' }) }),
    /"broker_ulr" that Celery does not know\. Did you mean "broker_url"\?$/,
  );
});

test('lets Celery’s other settings stand in the file', async () => {
  const config = file({ broker_url: 'redis://h', broker_read_url: 'redis://h', broker_pool_limit: 3 });
  assert.equal((await read({ config })).url, 'redis://h');
});

test('gives the connection a name without its password', async () => {
  const { name } = await read({ broker: 'redis://user:geheim@h/0' });
  assert.equal(name, 'redis://user:********@h/0');
});
