import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as zlib from 'node:zlib';
import type { CeleryEvent } from '../../../server/celery/event.ts';
import { decode, decodeMessage, envelope, reasonsOf } from './envelopes.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
const linesOf = (file: string): string[] => readFileSync(join(fixtures, file), 'utf8').trim().split('\n');

const event = { type: 'worker-heartbeat', hostname: 'celery@a', timestamp: 1_800_000_000.25, freq: 2 };
const text = JSON.stringify(event);

/** What tells one event from another; Celery's receiver rewrites the clock of a client. */
const keyOf = (one: CeleryEvent): string =>
  [one.type, one.hostname, one['uuid'], one.timestamp, one['args'], one['result']].join();

describe('events of real workers', () => {
  for (const version of ['5.2', '5.4', '5.6', '5.7']) {
    it(`of Celery ${version} are read as Celery’s own receiver read them`, () => {
      const envelopes = linesOf(`envelopes/celery-${version}.ndjson`).map((line) => decode(line));
      assert.deepEqual(
        envelopes.filter(({ problem }) => problem !== null),
        [],
      );
      assert.ok(
        envelopes.some(({ events }) => events.length > 1),
        'batches are among them',
      );
      const read = new Set(envelopes.flatMap(({ events }) => events.map(keyOf)));
      const heard = linesOf(`events/celery-${version}.ndjson`).map((line): CeleryEvent => JSON.parse(line));
      assert.deepEqual(
        heard.filter((one) => !read.has(keyOf(one))),
        [],
      );
    });
  }
});

describe('a message', () => {
  it('may be one event or a list of them', () => {
    assert.deepEqual(decode(envelope({ body: text })).events, [event]);
    assert.deepEqual(decode(envelope({ body: `[${text},${text}]` })).events, [event, event]);
    assert.deepEqual(decode(envelope({ body: '[]' })), { events: [], problem: null });
  });

  it('may carry its body plain or in base64', () => {
    assert.deepEqual(decode(envelope({ body: text, bodyEncoding: null })).events, [event]);
    assert.deepEqual(reasonsOf(decode(envelope({ body: text, bodyEncoding: 'rot13' })).problem), {
      'body with an unknown encoding': 1,
    });
  });

  it('may come from AMQP, where the headers stand apart', () => {
    assert.deepEqual(decodeMessage(text).events, [event]);
    assert.deepEqual(decodeMessage(zlib.deflateSync(text), 'application/json', 'application/x-gzip').events, [event]);
  });

  it('may hold what Python’s JSON has more than others', () => {
    const { events } = decode(
      envelope({
        body: `[{"type":"task-succeeded","hostname":"a","timestamp":1,"runtime":NaN,"result":"NaN \\" -Infinity","x":[-Infinity,Infinity]}]`,
      }),
    );
    assert.deepEqual(events, [
      {
        type: 'task-succeeded',
        hostname: 'a',
        timestamp: 1,
        runtime: null,
        result: 'NaN " -Infinity',
        x: [null, null],
      },
    ]);
  });

  const compressors: readonly (readonly [string, (body: string) => Buffer])[] = [
    ['application/x-gzip', zlib.deflateSync],
    ['gzip', zlib.gzipSync],
    ['zlib', zlib.deflateSync],
    ['application/x-brotli', zlib.brotliCompressSync],
    ['application/zstd', zlib.zstdCompressSync],
    ['zstandard', zlib.zstdCompressSync],
  ];
  for (const [name, compress] of compressors) {
    it(`may be compressed as ${name}`, () => {
      assert.deepEqual(decode(envelope({ body: compress(text), compression: name })).events, [event]);
    });
  }

  it('that cannot be decompressed here is named', () => {
    const reasons = ['application/x-bz2', 'xz', 'application/x-lzma', 'lz77', 'constructor'].map((compression) =>
      Object.keys(reasonsOf(decode(envelope({ body: 'BZh9', compression })).problem)),
    );
    assert.deepEqual(reasons.flat(), [
      'bzip2 body, not decompressed',
      'lzma body, not decompressed',
      'lzma body, not decompressed',
      'body with an unknown compression',
      'body with an unknown compression',
    ]);
  });

  it('that blows up when decompressed is dropped', () => {
    for (const [name, bomb] of [
      ['zlib', zlib.deflateSync(Buffer.alloc(40_000_000))],
      [
        'brotli',
        zlib.brotliCompressSync(Buffer.alloc(40_000_000), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
      ],
    ] as const) {
      assert.deepEqual(
        reasonsOf(decode(envelope({ body: bomb, compression: name })).problem),
        { 'body too large': 1 },
        name,
      );
    }
    assert.deepEqual(
      reasonsOf(decode(envelope({ body: zlib.deflateSync(text).subarray(0, 20), compression: 'zlib' })).problem),
      { 'damaged compressed body': 1 },
    );
  });

  it('in another serialization is named and never opened', () => {
    const reasons = [
      'application/x-python-serialize',
      'application/x-yaml',
      'application/x-msgpack',
      'application/data',
    ].map((contentType) => Object.keys(reasonsOf(decode(envelope({ body: 'cos\nsystem\n', contentType })).problem)));
    assert.deepEqual(reasons.flat(), [
      'pickle, not decoded',
      'yaml, not decoded',
      'msgpack, not decoded',
      'body of an unknown content type',
    ]);
  });
});

describe('junk', () => {
  const cases: readonly (readonly [string, string | Buffer, string])[] = [
    ['no JSON', 'junk', 'message is not JSON'],
    ['nothing', '', 'message is not JSON'],
    ['a list', '[]', 'message is not an envelope'],
    ['null', 'null', 'message is not an envelope'],
    ['an object', '{}', 'message without a body'],
    ['a body that is an object', '{"body":{}}', 'message without a body'],
    ['headers that are none', '{"body":"junk","headers":[],"properties":5}', 'body is not JSON'],
    ['a body of bytes', envelope({ body: Buffer.from([0xff, 0xfe, 0x00]) }), 'body is not JSON'],
    ['a number', envelope({ body: '5' }), 'not an object'],
    ['an object that is no event', envelope({ body: '{}' }), 'event without a type'],
    ['a type that is no text', envelope({ body: '{"type":5}' }), 'event without a type'],
    ['an endless type', envelope({ body: JSON.stringify({ ...event, type: 'x'.repeat(999) }) }), 'event type too long'],
    ['no hostname', envelope({ body: '{"type":"worker-online"}' }), 'event without a hostname'],
    [
      'a hostname that would poison objects',
      envelope({ body: JSON.stringify({ ...event, hostname: '__proto__' }) }),
      'event with an unusable hostname',
    ],
    ['no timestamp', envelope({ body: '{"type":"worker-online","hostname":"a"}' }), 'event without a timestamp'],
    [
      'a timestamp that is none',
      envelope({ body: '{"type":"worker-online","hostname":"a","timestamp":NaN}' }),
      'event without a timestamp',
    ],
    [
      'a timestamp beyond all dates',
      envelope({ body: '{"type":"worker-online","hostname":"a","timestamp":1e300}' }),
      'event with an impossible timestamp',
    ],
    ['a prototype that claims to be an event', envelope({ body: `{"__proto__":${text}}` }), 'event without a type'],
    ['endless nesting', envelope({ body: '['.repeat(1_000_000) }), 'body is not JSON'],
  ];
  for (const [name, bytes, reason] of cases) {
    it(`${name}: ${reason}`, () => {
      assert.deepEqual(reasonsOf(decode(bytes).problem), { [reason]: 1 });
    });
  }

  it('in a list costs only itself', () => {
    const { events, problem } = decode(envelope({ body: `[${text},5,{},${text},null,{}]` }));
    assert.deepEqual(events, [event, event]);
    assert.deepEqual(reasonsOf(problem), { 'not an object': 2, 'event without a type': 2 });
  });

  it('does not reach the prototype of all objects', () => {
    decode(
      envelope({ body: `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${text.slice(1)}` }),
    );
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  });
});
