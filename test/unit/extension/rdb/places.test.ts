import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeChoices } from '../../../../extension/debug/rdb/placeChoices.ts';
import { readAttachment } from '../../../../extension/debug/rdb/readAttachment.ts';
import { toLocal, toRemote } from '../../../../extension/python/mapPath.ts';
import { placeInLine, readPlace } from '../../../../server/api/rdbPlace.ts';

test('a place is read as people write it', () => {
  const written = ['6900', '127.0.0.1:6900', ' 127.0.0.1 6900', 'telnet 127.0.0.1 6900', 'tcp://127.0.0.1:6900'];
  for (const text of written) assert.deepEqual(readPlace(text), { host: '127.0.0.1', port: 6900 }, text);
  assert.deepEqual(readPlace('[::1]:6901'), { host: '::1', port: 6901 });
  assert.deepEqual(readPlace('worker1.example.org:7000'), { host: 'worker1.example.org', port: 7000 });
  for (const text of ['', 'worker1', '70000', 'worker1:', 'a b c']) assert.equal(readPlace(text), null, text);
});

test('the banner names a place, also after what a log writes before it', () => {
  const line =
    '[2026-11-20 10:00:00,000: WARNING/ForkPoolWorker-1] Remote Debugger:6900: Ready to connect: telnet 0.0.0.0 6900';
  const found = placeInLine(line);
  assert.deepEqual(found?.place, { host: '127.0.0.1', port: 6900 });
  assert.equal(line.slice(found?.at), found?.text);
  assert.equal(placeInLine('Trying telnet example.org 25 by hand'), null);
});

test('the deepest folder that is mapped decides, in both directions', () => {
  const mappings = { '/app': '/home/me/shop', '/app/vendor/': '/home/me/vendor' };
  assert.equal(toLocal('/app/tasks.py', mappings), '/home/me/shop/tasks.py');
  assert.equal(toLocal('/app/vendor/x.py', mappings), '/home/me/vendor/x.py');
  assert.equal(toLocal('/apparently/x.py', mappings), null);
  assert.equal(toRemote('/home/me/vendor/x.py', mappings), '/app/vendor/x.py');
  assert.equal(toRemote('/elsewhere/x.py', mappings), '/elsewhere/x.py');
  assert.equal(toRemote('C:\\shop\\tasks.py', { '/app': 'C:\\shop' }), '/app/tasks.py');
});

test('a launch configuration needs a port; mappings are taken as debugpy writes them too', () => {
  const pathMappings = [{ localRoot: '/home/me/shop', remoteRoot: '/app' }];
  assert.deepEqual(readAttachment({ port: '6900', pathMappings }), {
    host: '127.0.0.1',
    port: 6900,
    searchPorts: 0,
    pathMappings: { '/app': '/home/me/shop' },
  });
  assert.throws(() => readAttachment({ host: 'x' }), { code: 'badRequest' });
  assert.throws(() => readAttachment({ port: 0 }), { code: 'badRequest' });
});

test('what waits now comes first, and only once', () => {
  const remembered = [
    { host: '127.0.0.1', port: 6900, worker: null },
    { host: 'worker1', port: 6901, worker: 'api@worker1' },
  ];
  const choices = placeChoices([], [{ host: '127.0.0.1', port: 6900 }], remembered, true);
  const kinds = choices.map(({ kind, label }) => `${kind} ${label}`);
  assert.equal(choices[1]?.description, 'attached before · api@worker1');
  assert.deepEqual(kinds.slice(0, 2), ['waiting 127.0.0.1:6900', 'remembered worker1:6901']);
  assert.equal(kinds.length, 4);
  assert.equal(placeChoices([], [], [], false).length, 1);
});
