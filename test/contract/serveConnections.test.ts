import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { describe } from 'node:test';
import { until } from '../lab/until.ts';
import { labTest } from './labTest.ts';
import { Served } from './served.ts';

const clients = 800;

/** A client that asks nothing and never closes, not even when the server does. */
const stubborn = (port: number, from: string): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true });
    socket.on('error', () => undefined);
    socket.on('connect', () => resolve(socket));
    socket.on('close', () => resolve(socket));
    socket.resume();
  });

const socketsOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:');
    } catch {
      return false;
    }
  }).length;

describe('the connections of celeriac serve', () => {
  labTest('clients that ask nothing and ignore the close take no place from others', async (lab, t) => {
    if (process.platform !== 'linux') return t.skip('counts sockets in /proc, which only Linux has');
    const broker = await lab.redis();
    const served = await Served.start(broker);
    // As probes do, each on a connection of its own.
    const status = async (path: string) => (await served.ask(path, { headers: { connection: 'close' } })).status;
    await until('it is ready', async () => (await status('/readyz')) === 200);
    const before = socketsOf(served.process.pid);
    const sockets = await Promise.all(
      Array.from({ length: clients }, (_none, index) => stubborn(served.port, `127.0.0.${2 + (index % 4)}`)),
    );
    for (let round = 0; round < 20; round++)
      for (const path of ['/livez', '/readyz', '/api/v1/workers']) assert.equal(await status(path), 200);
    assert.ok(socketsOf(served.process.pid) > before + 400, 'most are open, so there was something to make room for');
    await until('nothing is left of them', () => socketsOf(served.process.pid) <= before + 1);
    for (const path of ['/livez', '/readyz']) assert.equal(await status(path), 200);
    assert.equal(await served.stop(), 0);
    assert.equal(served.process.stderr, '');
    for (const socket of sockets) socket.destroy();
  });
});
