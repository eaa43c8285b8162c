import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methodChoices } from '../../../../extension/inspect/methodChoices.ts';
import type { InspectMethod } from '../../../../server/api/inspect.ts';

const method = (name: string, args: InspectMethod['arguments'] = []): InspectMethod => ({
  method: name,
  help: `asks ${name}`,
  signature: [name, ...args.map((each) => each.name.toUpperCase())].join(' '),
  arguments: args,
});

const methods = [
  method('ping'),
  method('conf', [{ name: 'with_defaults', kind: 'boolean', help: 'all' }]),
  method('query_task', [{ name: 'ids', kind: 'texts', help: 'ids', isRequired: true }]),
];

test('offers everything as it is, a second time with arguments what takes some, and asks for what is needed', () => {
  assert.deepEqual(
    methodChoices(methods).map(({ label, description, isAsked }) => [label, description, isAsked]),
    [
      ['ping', 'asks ping', false],
      ['conf', 'asks conf', false],
      ['conf…', 'with_defaults', true],
      ['query_task', 'asks query_task', true],
    ],
  );
});
