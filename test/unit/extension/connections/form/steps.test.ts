import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOf, secretsOf, settingOf } from '../../../../../extension/connections/form/draft.ts';
import { optionSteps } from '../../../../../extension/connections/form/optionSteps.ts';
import { passwordStep } from '../../../../../extension/connections/form/passwordStep.ts';
import { runSteps } from '../../../../../extension/connections/form/runSteps.ts';
import { tlsStep } from '../../../../../extension/connections/form/tlsStep.ts';
import { urlProblem, urlStep } from '../../../../../extension/connections/form/urlStep.ts';
import {
  environmentStep,
  foldersStep,
  nameStep,
  resultBackendStep,
} from '../../../../../extension/connections/form/whereSteps.ts';
import type { ConnectionSetting } from '../../../../../extension/connections/resolveConnection.ts';
import { back, leave, scriptedAsker } from './scriptedAsker.ts';

const fill = async (
  script: Parameters<typeof scriptedAsker>[0],
  start: ConnectionSetting = {},
  stored: Readonly<Record<string, string>> = {},
) => {
  const asker = scriptedAsker(script);
  const steps = [
    urlStep(asker),
    passwordStep(asker),
    tlsStep(asker),
    ...optionSteps(asker, '/home/ann/shop'),
    resultBackendStep(asker),
    nameStep(asker, ['localhost', 'taken']),
    environmentStep(asker),
    foldersStep(asker, ['/home/ann/shop']),
  ];
  const draft = await runSteps(steps, draftOf(start, stored));
  return draft && { asked: asker.asked, setting: settingOf(draft), stored: secretsOf(draft, 'secret') };
};

test('a pasted password goes apart, and every question is asked once', async () => {
  const filled = await fill([
    'amqp://shop:p%40ss@broker:5672/orders',
    'Keep the password',
    '',
    'redis://:other@cache:6379/1',
    'orders',
    'Production',
    'Only where this is open',
  ]);
  assert.deepEqual(filled?.setting, {
    name: 'orders',
    url: 'amqp://shop:${secret:url}@broker:5672/orders',
    environment: 'prod',
    resultBackend: 'redis://:${secret:resultBackend}@cache:6379/1',
    folders: ['/home/ann/shop'],
  });
  assert.deepEqual(filled?.stored, { url: 'p@ss', resultBackend: 'other' });
});

test('the password is typed, comes from a variable, is asked for, or is none', async () => {
  const after = async (...password: readonly string[]) => {
    const filled = await fill(['redis://localhost/0', ...password, '', '', 'x', 'Development', 'In every window']);
    return [filled?.setting.url, filled?.stored];
  };
  assert.deepEqual(await after('Enter the password…', 'a/b@c'), [
    'redis://:${secret:url}@localhost/0',
    { url: 'a/b@c' },
  ]);
  assert.deepEqual(await after('Take it from an environment variable…', 'REDIS_PW'), [
    'redis://:${env:REDIS_PW}@localhost/0',
    {},
  ]);
  assert.deepEqual(await after('Ask each time'), ['redis://:${ask:url}@localhost/0', {}]);
  assert.deepEqual(await after('No password'), ['redis://localhost/0', {}]);
});

test('a step back asks the question before it again, with the answer that was given', async () => {
  const filled = await fill([
    'redis://localhost/0',
    'No password',
    back,
    'Enter the password…',
    back,
    'No password',
    back,
    back,
    'redis://other/0',
    'No password',
    'shop:',
    '',
    'mine',
    'Staging',
    'In every window',
  ]);
  assert.deepEqual(filled?.setting, {
    name: 'mine',
    url: 'redis://other/0',
    environment: 'staging',
    transportOptions: { global_keyprefix: 'shop:' },
  });
  assert.equal(filled?.asked.filter((question) => question.includes('[redis://localhost/0]')).length, 1);
});

test('leaving at any question leaves nothing', async () => {
  assert.equal(await fill([leave]), null);
  assert.equal(await fill([back]), null);
  assert.equal(await fill(['redis://localhost/0', 'No password', leave]), null);
});

test('changing a connection keeps what is not touched, and drops secrets that have no place any more', async () => {
  const setting = {
    name: 'orders',
    url: 'rediss://:${secret:url}@old/0',
    readOnly: true,
    resultBackend: 'redis://:${secret:resultBackend}@cache/1',
    tls: { caFile: '/dev/null' },
    transportOptions: { visibility_timeout: 10 },
  };
  const stored = { url: 'one', resultBackend: 'two' };
  const filled = await fill(
    [
      'rediss://:${secret:url}@new/0',
      'Keep the password',
      'One of our own authority…',
      '/dev/null',
      '',
      '',
      'orders',
      'Development',
      'In every window',
    ],
    setting,
    stored,
  );
  const { resultBackend: _, ...rest } = setting;
  assert.deepEqual(filled?.setting, { ...rest, url: 'rediss://:${secret:url}@new/0' });
  assert.deepEqual(filled?.stored, { url: 'one' });
});

test('sentinels are asked for their master and their own password, folders for where they are', async () => {
  const sentinel = await fill([
    'sentinel://:pw@a:26379;sentinel://:pw@b:26379',
    'Keep the password',
    'main',
    '',
    'their own',
    '',
    'x',
    'Development',
    'In every window',
  ]);
  assert.deepEqual(sentinel?.setting, {
    name: 'x',
    url: 'sentinel://:${secret:url}@a:26379;sentinel://:${secret:url}@b:26379',
    transportOptions: {
      master_name: 'main',
      sentinel_kwargs: { password: '${secret:transportOptions.sentinel_kwargs.password}' },
    },
  });
  assert.deepEqual(sentinel?.stored, { url: 'pw', 'transportOptions.sentinel_kwargs.password': 'their own' });
  const folders = await fill(['filesystem://', 'mail', 'mail', '', '', 'x', 'Development', 'In every window']);
  assert.deepEqual(folders?.setting.transportOptions, {
    data_folder_in: '/home/ann/shop/mail',
    data_folder_out: '/home/ann/shop/mail',
    control_folder: '/home/ann/shop/control',
  });
});

test('a name is proposed that nobody has yet', async () => {
  const filled = await fill(['redis://localhost/0', 'No password', '', '', 'a', 'Development', 'In every window']);
  assert.ok(filled?.asked.some((question) => question.endsWith('[localhost-2]')));
});

test('a URL that cannot be one says why', () => {
  assert.equal(urlProblem(' redis+socket:///tmp/r.sock'), null);
  assert.equal(urlProblem('${env:BROKER_URL}'), null);
  assert.match(String(urlProblem('')), /needs the URL/);
  assert.match(String(urlProblem('localhost:6379')), /begins with a scheme/);
  assert.match(String(urlProblem('sqs://x')), /cannot watch workers through sqs/);
});
