import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { defaultRedactPatterns } from '../../../../server/api/redaction.ts';
import { EventFan } from '../../../../server/faces/http/eventFan.ts';
import { makeOutlet } from '../../../../server/outlet/outlet.ts';
import { until } from '../../../lab/until.ts';
import { aFace } from './aFace.ts';

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;

for (const path of ['/api/v1/events', '/page/changes'])
  test(`${path} has a bound on its readers, and one address does not take them all`, async (t) => {
    const { ask, stubborn } = await aFace(t);
    const read = async (from: string): Promise<void> => {
      const reader = stubborn(get(path), from);
      await until('it reads', () => reader.text.includes(': live events'));
    };
    for (let count = 0; count < 16; count++) await read('127.0.0.1');
    const second = await ask(path);
    assert.deepEqual([second.status, JSON.parse(second.text).code], [429, 'tooManyStreams']);
    for (const from of ['127.0.0.2', '127.0.0.3', '127.0.0.4'])
      for (let count = 0; count < 16; count++) await read(from);
    const last = await ask(path, { from: '127.0.0.5' });
    assert.deepEqual([last.status, JSON.parse(last.text).code], [503, 'tooManyReaders']);
    assert.ok(Number(last.headers['retry-after']) > 0);
    assert.equal((await ask('/livez')).status, 200);
  });

/** A response whose client reads nothing, or everything. */
const aResponse = (isDeaf: boolean) => {
  const response = Object.assign(new EventEmitter(), {
    text: '',
    writableLength: 0,
    isDestroyed: false,
    socket: { bytesWritten: 0 },
    writeHead: () => response,
    write: (text: string) => {
      response.text += text;
      response.socket.bytesWritten += text.length;
      if (isDeaf) response.writableLength += text.length;
    },
    end: () => undefined,
    destroy: () => {
      response.isDestroyed = true;
      response.emit('close');
    },
  });
  return response;
};

const asResponse = (response: ReturnType<typeof aResponse>) => response as unknown as ServerResponse;

test('what waits for all readers of a stream has a bound, however many read nothing', () => {
  const fan = new EventFan(makeOutlet(defaultRedactPatterns), 16 * 1024 * 1024);
  const deaf = Array.from({ length: 64 }, () => aResponse(true));
  for (const response of deaf) fan.add(asResponse(response), 'a', () => true);
  const event = { type: 'task-failed', exception: 'x'.repeat(10_000) };
  for (let count = 0; count < 300; count++) fan.publish(event);
  const waiting = deaf.reduce((sum, { writableLength }) => sum + writableLength, 0);
  assert.ok(waiting <= 16 * 1024 * 1024 + 64 * 11_000, `${waiting}`);
  fan.close();
});

test('a reader that takes nothing between two beats is cut off, and another is not', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const fan = new EventFan(makeOutlet(defaultRedactPatterns));
  const [deaf, hearing] = [aResponse(true), aResponse(false)];
  for (const response of [deaf, hearing]) fan.add(asResponse(response), 'a', () => true);
  t.mock.timers.tick(15_000);
  t.mock.timers.tick(15_000);
  t.mock.timers.tick(15_000);
  assert.deepEqual([deaf.isDestroyed, hearing.isDestroyed], [true, false]);
  assert.ok(hearing.text.endsWith(': still here\n\n'));
  fan.close();
});
