import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { readBackend } from '../../../../server/faces/cli/backend.ts';
import { parseArguments } from '../../../../server/faces/cli/parseArguments.ts';
import { UsageError } from '../../../../server/faces/cli/usageError.ts';
import { aTerminal } from './aTerminal.ts';

const backendOf = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
  const invocation = parseArguments(['result', 'id', ...words]);
  assert.equal(invocation.kind, 'run');
  const { options } = invocation as typeof invocation & { kind: 'run' };
  const { terminal } = aTerminal();
  const interruption = new AbortController().signal;
  return readBackend({
    args: ['id'],
    options,
    environment,
    terminal,
    interruption,
    input: new PassThrough(),
    defects: { rejections: 0 },
  });
};

const withFile = async (content: unknown, use: (file: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-backend-'));
  const file = join(folder, 'celery.json');
  writeFileSync(file, JSON.stringify(content));
  await use(file).finally(() => rmSync(folder, { recursive: true }));
};

test('takes what was typed, then the file, then the environment, then a Redis broker', async () => {
  const environment = { CELERY_BROKER_URL: 'redis://b/0', CELERY_RESULT_BACKEND: 'redis://e/0' };
  const content = {
    broker_url: 'redis://b/0',
    result_backend: 'redis://f/0',
    result_backend_transport_options: { a: 1 },
  };
  await withFile(content, async (file) => {
    assert.equal((await backendOf(['--config', file, '--backend', 'redis://t/0'], environment)).url, 'redis://t/0');
    const { url, transportOptions, folder } = await backendOf(['--config', file], environment);
    assert.deepEqual([url, transportOptions, folder], ['redis://f/0', { a: 1 }, process.cwd()]);
  });
  assert.equal((await backendOf([], environment)).url, 'redis://e/0');
  assert.equal((await backendOf([], { CELERY_BROKER_URL: 'redis://b/0' })).url, 'redis://b/0');
  assert.equal((await backendOf(['--backend', 'file:///x'])).url, 'file:///x');
});

test('needs a name where the broker holds no results', async () => {
  for (const words of [[], ['--broker', 'amqp://h//'], ['--broker', 'filesystem://']]) {
    await assert.rejects(
      backendOf(words),
      (error) => error instanceof UsageError && /^No result backend is configured/.test(error.message),
    );
  }
});

test("passes a broker's sentinels and certificates on to a Redis backend, but not its key prefix", async () => {
  const sentinel = [
    '--transport-option',
    'master_name=m',
    '--transport-option',
    'global_keyprefix=p',
    '--tls-ca',
    'ca.pem',
  ];
  const backend = await backendOf(['--broker', 'sentinel://h:26379/0', ...sentinel]);
  assert.deepEqual(backend.transportOptions, { master_name: 'm' });
  assert.deepEqual(backend.tls, { caFile: 'ca.pem' });
  assert.deepEqual((await backendOf(['--backend', 'rediss://h/0', '--tls-ca', 'ca.pem'])).tls, { caFile: 'ca.pem' });
  assert.equal('tls' in (await backendOf(['--backend', 'file:///x', '--tls-ca', 'ca.pem'])), false);
});
