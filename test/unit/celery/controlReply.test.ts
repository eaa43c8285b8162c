import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeReply, decodeReplyEnvelope, withReplyTo } from '../../../server/celery/controlReply.ts';
import { envelope } from './envelopes.ts';

const raw = (body: Buffer | string, contentType: string) => ({ body, contentType, compression: null });

/** What kombu's serializers make of `{'w@h': {'ok': 'pong'}}`. */
const serialized = {
  'pickle, protocol 2': [
    'application/x-python-serialize',
    Buffer.from('80027d7100580300000077406871017d710258020000006f6b71035804000000706f6e67710473732e', 'hex'),
  ],
  'pickle, protocol 4': [
    'application/x-python-serialize',
    Buffer.from('80049519000000000000007d948c03774068947d948c026f6b948c04706f6e679473732e', 'hex'),
  ],
  'msgpack, a short name': ['application/x-msgpack', Buffer.from('81a377406881a26f6ba4706f6e67', 'hex')],
  'yaml, block': ['application/x-yaml', 'w@h:\n  ok: pong\n'],
  'yaml, flow': ['application/x-yaml', '{w@h: {ok: pong}}\n'],
  'yaml, quoted': ['application/x-yaml', "'w@h':\n  ok: pong\n"],
} as const;

describe("a worker's reply", () => {
  it('is one member of a JSON object, with its ticket in the headers', () => {
    assert.deepEqual(decodeReply(raw('{"w@h": {"ok": "pong"}}', 'application/json'), 't'), {
      ticket: 't',
      hostname: 'w@h',
      value: { ok: 'pong' },
    });
    assert.deepEqual(decodeReply(raw('{"w@h": NaN}', 'application/json'), 't'), {
      ticket: 't',
      hostname: 'w@h',
      value: null,
    });
    assert.equal(decodeReply(raw('{"w@h": 1}', 'application/json'), undefined).ticket, null);
  });

  for (const [title, [contentType, body]] of Object.entries(serialized)) {
    it(`tells who sent it and in what: ${title}`, () => {
      const name = /(pickle|msgpack|yaml)/.exec(title)?.[0];
      assert.deepEqual(decodeReply(raw(body, contentType), 't'), {
        ticket: 't',
        hostname: 'w@h',
        value: { error: `answered in ${name}, which is not decoded` },
      });
      for (let length = 0; length < body.length; length++) decodeReply(raw(body.slice(0, length), contentType), 't');
    });
  }

  it('is found with a long name in msgpack, and with a colon in yaml', () => {
    const name = `w@${'h'.repeat(40)}`;
    const long = Buffer.concat([Buffer.from([0x81, 0xd9, name.length]), Buffer.from(name), Buffer.from([0xc0])]);
    assert.partialDeepStrictEqual(decodeReply(raw(long, 'application/x-msgpack'), 't'), { hostname: name });
    assert.partialDeepStrictEqual(decodeReply(raw('w:x@h: null\n', 'application/x-yaml'), 't'), { hostname: 'w:x@h' });
  });

  it('cannot be read when it is no reply, or cannot be told whose; its ticket is kept', () => {
    const unreadable = { ticket: 't', isUnreadable: true };
    for (const body of ['', '1', '[]', '{}', '{"a": 1, "b": 2}']) {
      assert.deepEqual(decodeReply(raw(body, 'application/json'), 't'), unreadable, body);
    }
    assert.deepEqual(decodeReply(raw('{"w@h": 1}', 'text/x-unknown'), 't'), unreadable);
    assert.deepEqual(decodeReply(raw('no yaml key', 'application/x-yaml'), 't'), unreadable);
    assert.deepEqual(decodeReplyEnvelope(Buffer.from('garbage')), { ticket: null, isUnreadable: true });
  });

  it('comes out of an envelope with what its headers say', () => {
    const parsed = JSON.parse(envelope({ body: '{"w@h": 1}' }).toString());
    const bytes = Buffer.from(JSON.stringify({ ...parsed, headers: { ticket: 'x', clock: 5 } }));
    assert.deepEqual(decodeReplyEnvelope(bytes), { ticket: 'x', hostname: 'w@h', value: 1 });
  });
});

describe('a command that is to be answered', () => {
  it('names where to, beside what any command has', () => {
    const ping = { method: 'ping', arguments: {}, destination: null, pattern: null, matcher: null };
    assert.deepEqual(withReplyTo(ping, 't', 'oid'), {
      ...ping,
      ticket: 't',
      reply_to: { exchange: 'reply.celery.pidbox', routing_key: 'oid' },
    });
  });
});
