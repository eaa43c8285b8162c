import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';
import { Served } from './served.ts';

const token = 'a-token-of-some-length';

describe('who may ask celeriac serve', { concurrency: 2 }, () => {
  labTest('who tries tokens has to wait, and the log says where they came from', async (lab) => {
    const served = await Served.start(await lab.filesystem(), [], { CELERIAC_TOKEN: token });
    const status = async (shown: string, path = '/api/v1/workers') =>
      (await served.ask(path, { headers: { authorization: `Bearer ${shown}` } })).status;
    for (let guess = 0; guess < 6; guess++) assert.equal(await status(`guess-${guess}`), 401);
    const refused = await served.ask('/api/v1/workers', { headers: { authorization: 'Bearer guess-7' } });
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers['retry-after']) >= 1);
    assert.equal(await status('guess-8', '/livez'), 200);
    assert.equal(await served.stop(), 0);
    assert.match(served.process.stderr, /^celeriac: A client at 127\.0\.0\.1 sent an invalid token \(its 1st\)\.$/m);
    assert.ok(!served.process.stderr.includes('guess'));
  });

  labTest('half a character in the place of a token is 401', async (lab) => {
    const served = await Served.start(await lab.filesystem(), [], { CELERIAC_TOKEN: token });
    const asked = { method: 'POST', body: { token: '\ud800' } };
    assert.equal((await served.ask('/page/token', asked)).status, 401);
    assert.equal(await served.stop(), 0);
  });

  labTest('a page of another site gets nothing, but leads to the dashboard', async (lab) => {
    const served = await Served.start(await lab.filesystem());
    const status = async (path: string, headers: Readonly<Record<string, string>>) =>
      (await served.ask(path, { headers })).status;
    for (const path of ['/api/celery/tasks/', '/api/v1/health', '/metrics', '/'])
      for (const site of ['cross-site', 'same-site'])
        assert.equal(await status(path, { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }), 403, path);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    assert.equal(await status('/', link), 200);
    assert.equal(await status('/api/celery/tasks/', link), 403);
    assert.equal(await status('/', { 'sec-fetch-site': 'none' }), 200);
    assert.equal(await served.stop(), 0);
  });

  labTest('what leaves it open to strangers is refused at the start', async () => {
    const start = async (args: readonly string[], secret: string) => {
      const env = { CELERIAC_TOKEN: secret };
      const { code, stderr } = await celeriac(['serve', ...args, '--broker', 'redis://localhost:1'], { env });
      assert.equal(code, 2, stderr);
      return stderr;
    };
    const everywhere = ['--host', '0.0.0.0', '--port', '0'];
    assert.match(await start(everywhere, 'short'), /CELERIAC_TOKEN is too short/);
    assert.match(await start(everywhere, 'change-me-to-at-least-16-characters'), /is a placeholder/);
    assert.match(await start([...everywhere, '--trusted-header', 'X-User'], ''), /--trusted-proxy/);
  });

  labTest('the header of a proxy is believed from its address only', async (lab) => {
    const args = ['--trusted-header', 'X-User', '--trusted-proxy', '127.0.0.9'];
    const served = await Served.start(await lab.filesystem(), args);
    const from = async (address: string) =>
      (await served.ask('/api/v1/workers', { headers: { 'x-user': 'ann' }, from: address })).status;
    assert.deepEqual([await from('127.0.0.9'), await from('127.0.0.1')], [200, 401]);
    assert.equal(await served.stop(), 0);
  });
});
