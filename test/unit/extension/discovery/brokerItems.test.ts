import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokerItems } from '../../../../extension/discovery/brokerItems.ts';
import type { Discovery, FoundBroker } from '../../../../server/api/discovery.ts';

const broker = (over: Partial<FoundBroker>): FoundBroker => ({
  name: 'shop-redis',
  url: 'redis://:hunter2@localhost:6379/0',
  maskedUrl: 'redis://:********@localhost:6379/0',
  hasPassword: true,
  transportOptions: {},
  resultBackend: 'redis://:hunter2@localhost:6379/1',
  sources: [{ file: '/shop/.env', line: 3, what: 'CELERY_BROKER_URL' }],
  certainty: 'settings',
  hint: null,
  ...over,
});

const discovery: Discovery = {
  brokers: [
    broker({
      certainty: 'likely',
      sources: [{ file: null, line: 0, what: 'REDIS_URL' }],
      hint: 'The host "redis" is known to the containers of compose.yml only.',
    }),
    broker({
      sources: [
        { file: '/shop/.env', line: 3, what: 'CELERY_BROKER_URL' },
        { file: '/shop/settings.py', line: 9, what: 'CELERY_BROKER_URL' },
      ],
    }),
  ],
  unclear: [{ source: { file: '/shop/app.py', line: 7, what: 'Celery(broker=…)' }, sentence: 'Only running tells.' }],
  filesRead: 4,
  leftOut: [],
};

const items = brokerItems(discovery, (file) => file.replace('/shop/', ''));

test('what Celery says itself comes first, what cannot be used last', () => {
  assert.deepEqual(
    items.map(({ group, description, detail }) => [group, description, detail]),
    [
      ['settings', '.env:3 and 1 more', 'CELERY_BROKER_URL'],
      [
        'likely',
        'environment of VS Code',
        'REDIS_URL · The host "redis" is known to the containers of compose.yml only.',
      ],
      ['unclear', 'app.py:7', 'Only running tells.'],
    ],
  );
});

test('no row shows a password', () => {
  const shown = items.map(({ label, description, detail }) => `${label} ${description} ${detail}`).join('\n');
  assert.doesNotMatch(shown, /hunter2/);
  assert.match(shown, /redis:\/\/:\*{8}@localhost/);
});
