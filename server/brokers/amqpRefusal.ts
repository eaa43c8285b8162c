import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { AmqpHost } from './amqpTarget.ts';

const patienceMs = 5_000;

/**
 * Shakes hands once more to hear why RabbitMQ will not open the virtual host: amqplib drops the server's words. Resolves
 * with them, or with `null` when it could not hear them.
 */
export const askWhyRefused = (host: AmqpHost, response: Buffer): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = openSocket(host);
    const done = (words: string | null): void => {
      socket.destroy();
      resolve(words);
    };
    let received: Buffer = Buffer.alloc(0);
    socket.setTimeout(patienceMs, () => done(null));
    socket.on('error', () => done(null));
    socket.on('close', () => done(null));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      for (let frame = cutFrame(received); frame; frame = cutFrame(received)) {
        received = frame.rest;
        const words = answer(socket, host, response, frame.payload);
        if (words !== undefined) return done(words);
      }
    });
    socket.write('AMQP\u0000\u0000\u0009\u0001', 'latin1');
  });

const openSocket = ({ host, port, tls }: AmqpHost): Socket => {
  if (!tls) return connectTcp({ host, port });
  return connectTls({ ...(isIP(host) ? {} : { servername: host }), ...tls(), host, port });
};

/** The methods of AMQP 0-9-1's connection class that a handshake is made of. */
const method = { start: 10, startOk: 11, tune: 30, tuneOk: 31, open: 40, close: 50 };

/** Goes one step on in the handshake; the server's last words when there is no further step. */
const answer = (socket: Socket, host: AmqpHost, response: Buffer, payload: Buffer): string | null | undefined => {
  if (payload.length < 4 || payload.readUInt16BE(0) !== 10) return null;
  switch (payload.readUInt16BE(2)) {
    case method.start:
      socket.write(
        frameOf(method.startOk, [longText(''), shortText(host.loginMethod), longText(response), shortText('en_US')]),
      );
      return undefined;
    case method.tune:
      socket.write(frameOf(method.tuneOk, [payload.subarray(4)]));
      socket.write(frameOf(method.open, [shortText(host.vhost), shortText(''), Buffer.from([0])]));
      return undefined;
    case method.close:
      // A frame that breaks off before its words has none.
      return payload.length < 7 ? null : payload.toString('utf8', 7, 7 + payload.readUInt8(6));
    default:
      return null;
  }
};

const cutFrame = (bytes: Buffer): { readonly payload: Buffer; readonly rest: Buffer } | null => {
  if (bytes.length < 8) return null;
  const end = 7 + bytes.readUInt32BE(3);
  return bytes.length > end ? { payload: bytes.subarray(7, end), rest: bytes.subarray(end + 1) } : null;
};

const frameOf = (methodId: number, args: readonly Buffer[]): Buffer => {
  const payload = Buffer.concat([Buffer.from([0, 10, 0, methodId]), ...args]);
  const head = Buffer.alloc(7);
  head.writeUInt8(1, 0);
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([0xce])]);
};

const shortText = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8').subarray(0, 255);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
};

const longText = (text: string | Buffer): Buffer => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
