import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { Lab, until } from './lab.ts';

const lab = await Lab.open();
const sockets = new Set<Socket>();
const echo = createServer((socket) => sockets.add(socket) && socket.on('error', () => {}).pipe(socket)).listen(
  0,
  '127.0.0.1',
);
await once(echo, 'listening');
after(async () => {
  // Before anything else, so that a failed test ends instead of waiting for its own connections.
  for (const socket of sockets) socket.destroy();
  await lab.close();
  echo.close();
});

const target = () => {
  const address = echo.address();
  assert.ok(address !== null && typeof address === 'object');
  return { host: '127.0.0.1', port: address.port };
};

/** A client that remembers what has come back and how its connection ended. */
const client = async (port: number) => {
  const socket: Socket = connect(port, '127.0.0.1');
  sockets.add(socket);
  const seen = { text: '', end: '' };
  socket.on('data', (chunk) => {
    seen.text += chunk;
  });
  socket.on('end', () => {
    seen.end ||= 'FIN';
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    seen.end ||= error.code ?? 'error';
  });
  await once(socket, 'connect');
  return { socket, seen };
};

const connected = async () => {
  const proxy = await lab.proxy(target());
  const { socket, seen } = await client(proxy.port);
  socket.write('one');
  await until('the echo has come through the proxy', () => seen.text === 'one');
  return { proxy, socket, seen };
};

test('passes bytes both ways and counts its connections', async () => {
  const { proxy, socket } = await connected();
  assert.equal(proxy.connections, 1);
  socket.end();
  await until('the proxy has noticed the end', () => proxy.connections === 0);
});

test('keeps all bytes while it is stalled and loses none of them', async () => {
  const { proxy, socket, seen } = await connected();
  proxy.stall();
  socket.write(' two');
  const direct = await client(target().port);
  direct.socket.write('direct');
  await until('an echo without the proxy is back', () => direct.seen.text === 'direct');
  assert.equal(seen.text, 'one');
  assert.equal(seen.end, '');
  proxy.resume();
  await until('the echo has come after all', () => seen.text === 'one two');
});

test('cuts connections with a FIN and takes new ones', async () => {
  const { proxy, seen } = await connected();
  proxy.cut();
  await until('the client has seen the end', () => seen.end !== '');
  assert.equal(seen.end, 'FIN');
  const again = await client(proxy.port);
  again.socket.write('again');
  await until('the echo is back', () => again.seen.text === 'again');
});

test('resets connections with a RST', async () => {
  const { proxy, seen } = await connected();
  proxy.reset();
  await until('the client has seen the end', () => seen.end !== '');
  assert.equal(seen.end, 'ECONNRESET');
});

test('delays each piece by the time it is told', async () => {
  const { proxy, socket, seen } = await connected();
  proxy.delayMs(150);
  const asked = performance.now();
  socket.write(' late');
  await until('the late echo is back', () => seen.text === 'one late');
  assert.ok(performance.now() - asked >= 290, 'twice 150 ms: there and back');
});

test('closes a client whose server is not there', async () => {
  const proxy = await lab.proxy({ host: '127.0.0.1', port: 1 });
  const { seen } = await client(proxy.port);
  await until('the client has seen the end', () => seen.end !== '');
});
