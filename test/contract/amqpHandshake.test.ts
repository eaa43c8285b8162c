import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { refusal } from './amqpRefusal.ts';

const frame = (payload: Buffer): Buffer => {
  const head = Buffer.alloc(7);
  head.writeUInt8(1, 0);
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([0xce])]);
};

/** connection.start of AMQP 0-9-1 with no properties, connection.tune without limits. */
const start = frame(Buffer.concat([Buffer.from([0, 10, 0, 10, 0, 9, 0, 0, 0, 0]), text('PLAIN'), text('en_US')]));
const tune = frame(Buffer.from([0, 10, 0, 30, 0, 0, 0, 0, 0, 0, 0, 0]));

function text(words: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(words.length);
  return Buffer.concat([length, Buffer.from(words)]);
}

/** A server that greets, and answers connection.open with these bytes of a connection.close: on its first connection, and on others. */
const refusing = async (t: TestContext, first: Buffer, others: Buffer): Promise<number> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const close = sockets.size === 0 ? first : others;
    sockets.add(socket);
    socket.on('error', () => undefined);
    let turn = 0;
    socket.on('data', () => {
      const next = [start, tune, frame(close)][turn++];
      if (next) socket.write(next);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return address.port;
};

describe('a server that refuses the virtual host', () => {
  const words = Buffer.from('no such vhost');
  const whole = Buffer.concat([Buffer.from([0, 10, 0, 50, 2, 18, words.length]), words, Buffer.from([0, 10, 0, 40])]);
  const attempts = [4, 5, 6, 7, 10, 20].map((length) => whole.subarray(0, length));
  for (const [when, firsts] of [
    ['at once', attempts],
    ['when it is asked why', attempts.map(() => whole)],
  ] as const)
    for (const [index, broken] of attempts.entries())
      it(`is told of in a sentence when its last frame breaks off after ${broken.length} bytes, ${when}`, async (t) => {
        const port = await refusing(t, firsts[index] ?? whole, broken);
        const error = await refusal({
          id: 'x',
          name: 'x',
          url: `amqp://guest:geheim@127.0.0.1:${port}/shop`,
          transportOptions: { connect_timeout: 2 },
          workerLostAfterMs: 1,
          maxTasks: 1,
        });
        assert.match(error.message, /127\.0\.0\.1/);
        assert.doesNotMatch(error.message, /geheim/);
      });
});
