import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PushReader } from '../../../server/brokers/redisPushReader.ts';

const bulk = (text: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`$${Buffer.byteLength(text)}\r\n`), Buffer.from(text), Buffer.from('\r\n')]);

const message = (payload: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from('*4\r\n'), bulk('pmessage'), bulk('/0.celeryev/*'), bulk('/0.celeryev/x'), bulk(payload)]);

const subscribed = Buffer.concat([
  Buffer.from('*3\r\n'),
  bulk('psubscribe'),
  bulk('/0.celeryev/*'),
  Buffer.from(':1\r\n'),
]);
const pong = Buffer.concat([Buffer.from('*2\r\n'), bulk('pong'), bulk('')]);

const recording = (limitBytes = 64 * 1024 * 1024) => {
  const heard: string[] = [];
  const reader = new PushReader(
    {
      message: (payload) => heard.push(`message ${payload.toString('latin1')}`),
      reply: () => heard.push('reply'),
      error: (text) => heard.push(`error ${text}`),
      tooLarge: (bytes) => heard.push(`too large ${bytes}`),
    },
    limitBytes,
  );
  return { heard, reader };
};

describe('PushReader', () => {
  it('passes over a message that is larger than it may hold, and reads on behind it', () => {
    const { heard, reader } = recording(1_000_000);
    const stream = Buffer.concat([message('one'), message('x'.repeat(3_000_000)), message('two')]);
    for (let at = 0; at < stream.length; at += 65_536) {
      reader.push(stream.subarray(at, at + 65_536));
      assert.ok(reader.bytesHeld <= 1_100_000, `${reader.bytesHeld} bytes held`);
    }
    assert.deepEqual(heard, ['message one', 'too large 3000000', 'message two']);
    assert.equal(reader.isMidMessage, false);
  });

  it('does not hold what a length promises', () => {
    const { heard, reader } = recording(1_000_000);
    const promise = message('x').toString('latin1').replace('$1\r\nx\r\n', '$900000000000\r\nx');
    reader.push(Buffer.from(promise, 'latin1'));
    reader.push(Buffer.alloc(100_000));
    assert.deepEqual(heard, ['too large 900000000000']);
    assert.equal(reader.bytesHeld, 0);
  });

  it('hears messages, replies and errors in their order', () => {
    const { heard, reader } = recording();
    reader.push(Buffer.concat([Buffer.from('+OK\r\n'), subscribed, message('one'), pong, message('two')]));
    reader.push(Buffer.from('-NOPERM no channel\r\n:1\r\n'));
    assert.deepEqual(heard, [
      'reply',
      'reply',
      'message one',
      'reply',
      'message two',
      'error NOPERM no channel',
      'reply',
    ]);
  });

  it('hears the same however the bytes are cut', () => {
    const stream = Buffer.concat([
      subscribed,
      message('short'),
      message(''),
      pong,
      message('\r\n$5\r\n*4\r\n within'),
      message('x'.repeat(5_000)),
      message(Buffer.from([0, 255, 13, 10])),
      Buffer.from('-ERR late\r\n'),
    ]);
    const whole = recording();
    whole.reader.push(stream);
    assert.equal(whole.heard.length, 8);
    for (const size of [1, 2, 3, 7, 64, 1_000, 5_001]) {
      const { heard, reader } = recording();
      for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
      assert.deepEqual(heard, whole.heard, `in pieces of ${size}`);
      assert.equal(reader.isMidMessage, false);
    }
  });

  it('knows when it stands within a message', () => {
    const { reader } = recording();
    const bytes = message('payload');
    reader.push(bytes.subarray(0, -1));
    assert.equal(reader.isMidMessage, true);
    reader.push(bytes.subarray(-1));
    assert.equal(reader.isMidMessage, false);
  });

  it('joins a large message once, not with every chunk', () => {
    const { heard, reader } = recording();
    const bytes = message('x'.repeat(32 * 1024 * 1024));
    const since = performance.now();
    for (let at = 0; at < bytes.length; at += 16_384) reader.push(bytes.subarray(at, at + 16_384));
    assert.equal(heard[0]?.length, 'message '.length + 32 * 1024 * 1024);
    assert.ok(performance.now() - since < 5_000, 'joining is quadratic');
  });

  for (const junk of [
    'HTTP/1.1 400 Bad Request\r\n',
    '*x\r\n',
    '*4\r\n$abc\r\n',
    `+${'x'.repeat(70_000)}`,
    `*${'1'.repeat(30)}`,
  ]) {
    it(`refuses ${JSON.stringify(junk.slice(0, 30))}`, () => {
      const { reader } = recording();
      assert.throws(() => reader.push(Buffer.from(junk)));
    });
  }
});
