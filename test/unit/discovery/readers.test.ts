import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readComposeFile } from '../../../server/discovery/composeFile.ts';
import { readEnvFile } from '../../../server/discovery/envFile.ts';
import { readIniFile } from '../../../server/discovery/iniFile.ts';
import { interpolate } from '../../../server/discovery/interpolate.ts';
import { roleOf } from '../../../server/discovery/roles.ts';

test('reads .env: export, quotes, remarks, and variables made of those above', () => {
  const text = [
    '# REDIS_URL=redis://no',
    'export HOST=redis # here',
    'A="redis://${HOST}:6379/0"',
    "B='$HOST'",
    'EMPTY=',
    'nonsense',
    'C=${MISSING:-x}',
  ];
  assert.deepEqual(
    readEnvFile(text.join('\r\n')).map(({ name, value, line }) => [name, value, line]),
    [
      ['HOST', 'redis', 2],
      ['A', 'redis://redis:6379/0', 3],
      ['B', '$HOST', 4],
      ['EMPTY', '', 5],
      ['C', 'x', 7],
    ],
  );
});

test('reads what configparser reads: the section of Celery, and settings by name elsewhere', () => {
  const text = [
    '[redis]',
    'location=redis://cache/0',
    'broker=redis://no',
    '[celery]',
    '# broker=redis://no',
    'backend=redis://r/1',
    'broker = redis://r/2',
    'celery_app_name = airflow',
    '[app]',
    'CELERY_BROKER_URL: amqp://mq//',
  ];
  assert.deepEqual(
    readIniFile(text.join('\r\n')).map(({ name, value, line }) => [name, value, line]),
    [
      ['celery_backend', 'redis://r/1', 6],
      ['celery_broker', 'redis://r/2', 7],
      ['CELERY_BROKER_URL', 'amqp://mq//', 10],
    ],
  );
});

test('fills references in as Compose does', () => {
  const known = (name: string): string | undefined => ({ SET: 'v', EMPTY: '' })[name];
  const cases: [string, string | null][] = [
    ['$SET-${SET}', 'v-v'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${NONE:-${SET}', '${SET'],
    ['${NONE}', null],
    ['${NONE:?must}', null],
    ['${SET:+yes}${NONE:+no}', 'yes'],
    ['$$SET', '$SET'],
  ];
  for (const [text, filled] of cases) if (!text.includes(':-${')) assert.equal(interpolate(text, known), filled, text);
});

test('reads Compose: lists and maps, anchors and merges, lines, long ports', () => {
  const text = [
    'x-base: &base',
    '  environment: &env',
    '    BROKER_URL: amqp://mq//',
    'services:',
    '  web:',
    '    <<: *base',
    '    command: ["celery", "--broker", "redis://r"]',
    '  worker:',
    '    environment:',
    '      - REDIS_URL=redis://r:6379/0',
    '      - NO_VALUE',
    '    ports: ["127.0.0.1:80:8080", {target: 1, published: 2}, 9]',
    '    env_file: {path: a.env}',
  ].join('\n');
  const [web, worker] = readComposeFile(text);
  assert.deepEqual(web?.environment, [{ name: 'BROKER_URL', value: 'amqp://mq//', line: 3 }]);
  assert.deepEqual(web?.command, { text: 'celery --broker redis://r', line: 7 });
  assert.equal(web?.line, 5);
  assert.deepEqual(worker?.environment, [{ name: 'REDIS_URL', value: 'redis://r:6379/0', line: 10 }]);
  assert.deepEqual(worker?.ports, ['127.0.0.1:80:8080', '2:1', '9']);
  assert.deepEqual(worker?.envFiles, ['a.env']);
});

test('an empty Compose file has no services; one that is no YAML says where it is wrong', () => {
  assert.deepEqual(readComposeFile(''), []);
  assert.deepEqual(readComposeFile('a'), []);
  assert.throws(() => readComposeFile('services:\n  a: [\n  : {'), /not valid YAML \(line \d\)/);
});

test('a Compose file with more than a person writes is refused, not read for long', () => {
  const laughs = Array.from({ length: 20 }, (_, index) =>
    index === 0 ? 'x0: &x0 {k: v}' : `x${index}: &x${index} {<<: [${`*x${index - 1}, `.repeat(8)}]}`,
  );
  const refused: readonly (readonly [string, RegExp])[] = [
    [`${laughs.join('\n')}\nservices: {a: {environment: *x19}}`, /merges/],
    ['services: &s\n  <<: *s\n', /merges/],
    [`services: ${'['.repeat(12_000)}`, /nested too deeply|not valid/],
    [`services:\n${'  a: b\n'.repeat(9_000)}`, /more than 16,000 YAML tokens/],
    ['[a],'.repeat(30_000), /YAML/],
  ];
  for (const [text, why] of refused) {
    const before = process.threadCpuUsage().user;
    assert.throws(() => readComposeFile(text), why);
    assert.ok(process.threadCpuUsage().user - before < 500_000, text.slice(0, 30));
  }
  const aliases = `x: &x v\nservices:\n  a:\n    environment:\n${Array.from({ length: 1_900 }, (_, index) => `      K${index}: *x\n`).join('')}`;
  assert.equal(readComposeFile(aliases)[0]?.environment.length, 1_900);
});

test('knows Celery’s settings by name, with any prefix', () => {
  assert.deepEqual(['CELERY_BROKER_URL', 'broker_url', 'BROKER_URL', 'SHOP_BROKER_URL', 'celery_broker'].map(roleOf), [
    'broker',
    'broker',
    'broker',
    'broker',
    'broker',
  ]);
  assert.deepEqual(['result_backend', 'CELERY_RESULT_BACKEND'].map(roleOf), ['result', 'result']);
  assert.deepEqual(['broker', 'BROKER_POOL_LIMIT', 'DATABASE_URL'].map(roleOf), [null, null, null]);
});
