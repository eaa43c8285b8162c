import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { it } from 'node:test';
import { readBody } from '../../../../server/faces/http/readRequest.ts';

const fields = [{ name: 'args', kind: 'array', what: 'positional arguments' }] as const;

const bodyOf = (text: string): Promise<unknown> => {
  const message = new IncomingMessage(new Socket());
  message.headers = { 'content-type': 'application/json' };
  message.push(text);
  message.push(null);
  return readBody(message, fields);
};

it('a body that is nested deeper than anything reads it is a bad request', async () => {
  assert.deepEqual(await bodyOf('{"args":[[1]]}'), { args: [[1]] });
  for (const levels of [100, 100_000])
    await assert.rejects(bodyOf(`{"args":${'['.repeat(levels)}${']'.repeat(levels)}}`), {
      code: 'badRequest',
      message: 'The body is nested more than 64 levels deep.',
    });
});
