import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methodChoices } from '../../../../extension/inspect/methodChoices.ts';
import type { InspectMethod } from '../../../../server/api/inspect.ts';
import { controlMethods, specOf } from '../../../../server/celery/controlCommands.ts';

const method = (name: string, args: InspectMethod['arguments'] = []): InspectMethod => ({
  method: name,
  help: `asks ${name}`,
  signature: [name, ...args.map((each) => each.name.toUpperCase())].join(' '),
  arguments: args,
});

const methods = [
  method('memdump', [{ name: 'samples', kind: 'integer', help: 'samples' }]),
  method('ping'),
  method('query_task', [{ name: 'ids', kind: 'texts', help: 'ids', isRequired: true }]),
  method('active', [{ name: 'safe', kind: 'boolean', help: 'safe' }]),
  method('new_method'),
];

test('every method is offered once, in groups, with a gear where it has options', () => {
  assert.deepEqual(
    methodChoices(methods).map(({ label, description, hasOptions }) => [label, description, hasOptions]),
    [
      ['Tasks', undefined, false],
      ['asks active', 'active', true],
      ['asks query_task', 'query_task', false],
      ['Workers', undefined, false],
      ['asks ping', 'ping', false],
      ['Memory', undefined, false],
      ['asks memdump', 'memdump', true],
      ['asks new_method', 'new_method', false],
    ],
  );
});

test('every method that workers have belongs to a group', () => {
  const all = controlMethods.filter((name) => specOf(name).group === 'inspect');
  const offered = methodChoices(all.map((name) => method(name))).map(({ description }) => description);
  assert.deepEqual(offered.filter((name) => name !== undefined).toSorted(), all.toSorted());
});
