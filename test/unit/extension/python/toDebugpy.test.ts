import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adapterPlace, toDebugpy } from '../../../../extension/debug/debugpy/toDebugpy.ts';

const attach = { type: 'celery', request: 'attach', name: 'a worker' };
const alone = { pathMappings: {}, hasDebugpy: false };

test('hands a configuration over to the extension of debugpy where that is installed', () => {
  const launch = { type: 'celery', request: 'launch', name: 'a worker', module: 'celery' };
  for (const given of [attach, launch]) {
    assert.equal(toDebugpy(given, { ...alone, hasDebugpy: true }).type, 'debugpy');
    assert.equal(toDebugpy(given, alone).type, 'celery');
  }
  assert.equal(toDebugpy(launch, alone)['module'], 'celery');
});

test('stops in installed code too, unless the configuration says otherwise', () => {
  assert.equal(toDebugpy(attach, alone)['justMyCode'], false);
  assert.equal(toDebugpy({ ...attach, justMyCode: true }, alone)['justMyCode'], true);
  assert.equal(toDebugpy({ ...attach, request: 'launch' }, alone)['justMyCode'], false);
});

test('takes host and port for what debugpy calls connect', () => {
  const { host, port, connect } = toDebugpy({ ...attach, host: 'worker1', port: '5680' }, alone) as Record<
    string,
    unknown
  >;
  assert.deepEqual([host, port, connect], [undefined, undefined, { host: 'worker1', port: 5680 }]);
});

test('maps the folders of the configuration before those of the settings, in either spelling', () => {
  const settings = { ...alone, pathMappings: { '/app': '/here', '/lib': '/lib-here' } };
  const expected = [
    { localRoot: '/own', remoteRoot: '/app' },
    { localRoot: '/lib-here', remoteRoot: '/lib' },
  ];
  const spellings = [{ '/app': '/own' }, [{ localRoot: '/own', remoteRoot: '/app' }]];
  for (const pathMappings of spellings)
    assert.deepEqual(toDebugpy({ ...attach, pathMappings }, settings)['pathMappings'], expected);
  assert.equal(toDebugpy(attach, alone)['pathMappings'], undefined);
});

test('speaks to the adapter of a worker that listens, and starts one for everything else', () => {
  const listening = { ...attach, connect: { port: 5680 } };
  assert.deepEqual(adapterPlace(listening), { kind: 'listening', host: '127.0.0.1', port: 5680 });
  assert.deepEqual(adapterPlace({ ...attach, processId: 7 }), { kind: 'started', python: [] });
  const launch = { ...attach, request: 'launch', python: ['/venv/bin/python', '-X', 'dev'] };
  assert.deepEqual(adapterPlace(launch), { kind: 'started', python: ['/venv/bin/python', '-X', 'dev'] });
  assert.throws(() => adapterPlace({ ...attach, connect: { port: 'none' } }), /"port" from 1 to 65535/);
});
