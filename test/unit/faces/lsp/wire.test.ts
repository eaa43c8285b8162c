import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answers, type Channel, Wire } from '../../../../server/faces/lsp/wire.ts';

const opened = (answers: Partial<Answers> = {}) => {
  const sent: unknown[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const channel: Channel = {
    on: (_event, listener) => {
      hear = listener;
    },
    send: (message) => sent.push(message),
  };
  const wire = new Wire(channel, {
    initialize: (options) => ({ capabilities: {}, serverInfo: { name: String(options) } }),
    request: () => null,
    shutdown: async () => undefined,
    exit: () => undefined,
    ...answers,
  });
  wire.start();
  const say = async (message: unknown): Promise<void> => {
    hear(message);
    await new Promise(setImmediate);
  };
  return { wire, sent, say };
};

test('a request is answered with its result, or with an error that keeps its data', async () => {
  const { sent, say } = opened({
    request: (method) =>
      method === 'right'
        ? async (params) => ({ result: params, error: null })
        : async () => ({ result: null, error: { code: 'notFound', sentence: 'It is gone.' } }),
  });
  await say({ id: 1, method: 'right', params: [7] });
  await say({ id: 2, method: 'wrong' });
  const error = { code: -32_000, message: 'It is gone.', data: { code: 'notFound', sentence: 'It is gone.' } };
  assert.deepEqual(sent, [
    { jsonrpc: '2.0', id: 1, result: [7] },
    { jsonrpc: '2.0', id: 2, error },
  ]);
});

test('the client is greeted with what it said, and an unknown request is refused by name', async () => {
  const { sent, say } = opened();
  await say({ id: 1, method: 'initialize', params: { initializationOptions: 'de' } });
  await say({ id: 2, method: 'textDocument/hover', params: {} });
  await say({ method: 'initialized', params: {} });
  assert.deepEqual(sent, [
    { jsonrpc: '2.0', id: 1, result: { capabilities: {}, serverInfo: { name: 'de' } } },
    { jsonrpc: '2.0', id: 2, error: { code: -32_601, message: 'There is no request "textDocument/hover".' } },
  ]);
});

test('a cancelled request is answered at once, and only once', async () => {
  const late = Promise.withResolvers<{ result: unknown; error: null }>();
  const { sent, say } = opened({ request: () => () => late.promise });
  await say({ id: 1, method: 'slow' });
  await say({ method: '$/cancelRequest', params: { id: 1 } });
  late.resolve({ result: 'too late', error: null });
  await say({ method: '$/cancelRequest', params: { id: 1 } });
  assert.deepEqual(sent, [{ jsonrpc: '2.0', id: 1, error: { code: -32_800, message: 'The request was cancelled.' } }]);
});

test('the process ends in order only after it was asked to shut down', async () => {
  const exits: boolean[] = [];
  const { sent, say } = opened({ exit: (isInOrder) => exits.push(isInOrder) });
  await say({ method: 'exit' });
  await say({ id: 1, method: 'shutdown' });
  await say({ method: 'exit' });
  assert.deepEqual(exits, [false, true]);
  assert.deepEqual(sent, [{ jsonrpc: '2.0', id: 1, result: null }]);
});

test('what is no message is ignored, and a handler that throws is answered as an error', async () => {
  const { sent, say } = opened({
    request: () => async () => {
      throw new Error('broken');
    },
  });
  for (const message of [null, 7, 'x', {}, { id: 1 }, { method: 5 }]) await say(message);
  await say({ id: 2, method: 'any' });
  assert.deepEqual(sent, [{ jsonrpc: '2.0', id: 2, error: { code: -32_603, message: 'broken' } }]);
});
