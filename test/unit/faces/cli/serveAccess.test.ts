import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { parseArguments } from '../../../../server/faces/cli/parseArguments.ts';
import { isLoopback, readAccess } from '../../../../server/faces/cli/serveAccess.ts';
import { tokenDefect } from '../../../../server/faces/cli/tokenDefect.ts';
import { Proxies } from '../../../../server/faces/http/proxies.ts';

const access = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
  const invocation = parseArguments(['serve', ...args]);
  assert.equal(invocation.kind, 'run');
  const options = invocation.kind === 'run' ? invocation.options : {};
  return readAccess({ options, environment }, options.host ?? '127.0.0.1');
};

test('a token from the environment has to be as long as one from a file', () => {
  assert.throws(() => access([], { CELERIAC_TOKEN: 'short' }), /CELERIAC_TOKEN is too short. Use at least 16/);
  assert.equal(access([], { CELERIAC_TOKEN: '6bff2ad8a0c5b3f1\n' }).rules.token, '6bff2ad8a0c5b3f1');
  assert.equal(access([], { CELERIAC_TOKEN: '' }).rules.token, null);
});

test('a token that examples show is refused', () => {
  const manifest = readFileSync(join(import.meta.dirname, '../../../../deploy/kubernetes.yaml'), 'utf8');
  const secret = parseAllDocuments(manifest)
    .map((document) => document.toJS())
    .find(({ kind }) => kind === 'Secret');
  for (const token of [secret.stringData.token, 'changeme-changeme', 'CHANGE_ME_PLEASE_0', 'xxxxxxxxxxxxxxxx'])
    assert.throws(() => access([], { CELERIAC_TOKEN: token }), /is a placeholder/, token);
  assert.match(tokenDefect('schlüssel-schlüssel') ?? '', /not allowed in a header/);
  assert.equal(tokenDefect('a-token-of-some-length'), null);
});

test('the header of a proxy needs the addresses of the proxy, unless only this machine can ask', () => {
  const trusting = ['--trusted-header', 'X-User'];
  assert.equal(access(trusting).rules.trustedHeader, 'X-User');
  assert.throws(() => access(['--host', '0.0.0.0', ...trusting]), /--trusted-proxy/);
  assert.throws(() => access(['--host', '0.0.0.0']), /--token-file/);
  const { proxies } = access([
    '--host',
    '0.0.0.0',
    ...trusting,
    '--trusted-proxy',
    '10.0.0.0/8',
    '--trusted-proxy',
    '::1',
  ]);
  const named = new Proxies(proxies);
  assert.deepEqual(
    ['10.9.9.9', '::ffff:10.9.9.9', '::1', '11.0.0.1', '127.0.0.1', ''].filter((address) => named.isNamed(address)),
    ['10.9.9.9', '::ffff:10.9.9.9', '::1'],
  );
});

test('what is no address is refused as that of a proxy', () => {
  for (const text of ['proxy.example', '10.0.0.0/33', '10.0.0', '::1/129', '10.0.0.0/8/8', '10.0.0.0/'])
    assert.throws(() => access(['--trusted-proxy', text]), /requires an address such as 10\.0\.0\.5/, text);
});

test('only the addresses of this machine itself need no token', () => {
  assert.deepEqual(['127.0.0.1', '127.8.9.1', 'localhost', '::1', '[::1]'].filter(isLoopback).length, 5);
  assert.deepEqual(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', 'localhost.example'].filter(isLoopback), []);
});
