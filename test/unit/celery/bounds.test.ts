import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeReply } from '../../../server/celery/controlReply.ts';
import { decodeGroup } from '../../../server/celery/groupMessage.ts';
import { depthLimit, roomAfter, tooDeep, tooLarge } from '../../../server/celery/jsonBounds.ts';
import { parseJson, readJson } from '../../../server/celery/parseJson.ts';
import { readQueued } from '../../../server/celery/readQueued.ts';
import { decodeTaskResult } from '../../../server/celery/resultMessage.ts';
import { readStoredJson } from '../../../server/results/sqliteRow.ts';
import { decodeMessage, reasonsOf } from './envelopes.ts';

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const nestedObject = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const event = (fields: string): string => `{"type":"task-sent","hostname":"a","timestamp":1,"uuid":"u",${fields}}`;
const refusal = (text: string): unknown => reasonsOf(decodeMessage(text).problem);
const accepts = (text: string): boolean => decodeMessage(text).problem === null;

describe('an event', () => {
  it('is refused when it is nested more than 64 levels deep, itself being one', () => {
    for (const nest of [nested, nestedObject]) {
      assert.ok(accepts(event(`"args":${nest(63)}`)));
      assert.deepEqual(refusal(event(`"args":${nest(64)}`)), { 'event nested too deeply': 1 });
      assert.deepEqual(refusal(event(`"args":${nest(100_000)}`)), { 'event nested too deeply': 1 });
    }
  });

  it('is refused when one of its fields is larger than two million characters, however it is made up', () => {
    const text = 'x'.repeat(2_000_000);
    assert.ok(accepts(event(`"args":"${text}"`)));
    for (const value of [
      `"${text}${text}"`,
      `["${text}","${text}"]`,
      `{"${text}":"${text}"}`,
      `[${'0,'.repeat(2_100_000)}0]`,
    ])
      assert.deepEqual(refusal(event(`"args":${value}`)), { 'event field too large': 1 });
  });

  it('is refused when it has more than 256 fields', () => {
    const fields = (count: number): string => Array.from({ length: count }, (_, index) => `"f${index}":1`).join();
    assert.ok(accepts(event(fields(250))));
    assert.deepEqual(refusal(event(fields(257))), { 'event with too many fields': 1 });
  });

  it('costs only itself in a list when it is too much', () => {
    const { events, problem } = decodeMessage(`[${event('"n":1')},${event(`"args":${nested(70)}`)},${event('"n":2')}]`);
    assert.deepEqual(
      events.map(({ n }) => n),
      [1, 2],
    );
    assert.deepEqual(reasonsOf(problem), { 'event nested too deeply': 1 });
  });

  it('is refused unread when its message is larger than eight million characters', () => {
    assert.deepEqual(refusal(`[${'1,'.repeat(4_500_000)}1]`), { 'body too large': 1 });
  });
});

describe('JSON from elsewhere', () => {
  it('is refused when it is nested more than 64 levels deep', () => {
    assert.notEqual(parseJson(nested(depthLimit)), undefined);
    assert.deepEqual(readJson(nested(depthLimit + 1)), { defect: 'nested too deeply' });
    assert.deepEqual(readJson(nestedObject(100_000)), { defect: 'nested too deeply' });
    assert.deepEqual(readJson('[1,2,3]', 6), { defect: 'too large' });
    assert.deepEqual(readJson('[1,'), { defect: 'not JSON' });
  });

  it('is measured as far as its room goes', () => {
    assert.equal(roomAfter(['ab', 1, { name: null }], 2, 100), 100 - (1 + 3 + 1 + 1 + 4 + 1));
    assert.equal(roomAfter(['ab', 1, { name: null }], 1, 100), tooDeep);
    assert.equal(roomAfter(['ab', 1, { name: null }], 2, 5), tooLarge);
  });

  const raw = (body: string) => ({ body, contentType: 'application/json', compression: null });

  it('as an answer of a worker is a refusal in that worker’s name', () => {
    assert.deepEqual(decodeReply(raw(`{"celery@a":${nested(5_000)}}`), 't'), {
      ticket: 't',
      hostname: 'celery@a',
      value: { error: 'sent a value nested more than 64 levels deep' },
    });
  });

  it('as a message in a queue is shown without its arguments', () => {
    const headers = { task: 'shop.charge', id: 'u' };
    const rest = { priority: 0, exchange: '', routingKey: 'q', redelivered: false };
    const message = readQueued({ ...raw(`[${nested(5_000)}, {}, {}]`), headers, ...rest });
    assert.deepEqual([message.name, message.problem], ['shop.charge', 'arguments nested too deeply']);
    assert.deepEqual([message.argsJson, message.kwargsJson], [null, null]);
    const old = readQueued({ ...raw(`{"task":"shop.charge","args":${nested(5_000)}}`), headers: {}, ...rest });
    assert.deepEqual([old.name, old.problem], [null, 'arguments nested too deeply']);
  });

  it('as a result is named and not shown', () => {
    const sentence = 'The value is nested too deeply to be shown.';
    const text = `{"status": "SUCCESS", "result": ${nested(5_000)}}`;
    assert.deepEqual(decodeTaskResult('u', Buffer.from(text)).result, { kind: 'opaque', sentence });
    assert.deepEqual(readStoredJson(nested(5_000)), { sentence });
    assert.ok('sentence' in decodeGroup(Buffer.from(`{"result": ${nested(5_000)}}`)));
  });
});
