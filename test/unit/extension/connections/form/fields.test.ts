import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ConnectionDraft,
  draftOf,
  secretsOf,
  settingOf,
} from '../../../../../extension/connections/form/draft.ts';
import type { Field } from '../../../../../extension/connections/form/field.ts';
import { optionFields } from '../../../../../extension/connections/form/optionFields.ts';
import { passwordField } from '../../../../../extension/connections/form/passwordField.ts';
import { tlsField } from '../../../../../extension/connections/form/tlsField.ts';
import { urlField, withScheme } from '../../../../../extension/connections/form/urlField.ts';
import {
  environmentField,
  foldersField,
  nameField,
  nameOr,
  resultBackendField,
} from '../../../../../extension/connections/form/whereFields.ts';
import type { ConnectionSetting } from '../../../../../extension/connections/resolveConnection.ts';
import { pressEscape, scriptedAsker } from './scriptedAsker.ts';

const fields: readonly Field[] = [
  nameField(['localhost', 'taken']),
  environmentField(),
  urlField(),
  passwordField(),
  tlsField(),
  ...optionFields('/home/ann/shop'),
  resultBackendField(),
  foldersField(['/home/ann/shop']),
];

type Script = Parameters<typeof scriptedAsker>[0];

/** Changes one field after the other, each as its script says. */
const fill = async (
  scripts: readonly (readonly [label: string, ...script: Script])[],
  start: ConnectionSetting = {},
  stored: Readonly<Record<string, string>> = {},
): Promise<ConnectionDraft> => {
  let draft = draftOf(start, stored);
  for (const [label, ...script] of scripts) {
    const field = fields.find((each) => each.label === label && each.applies(draft));
    assert.ok(field, `${label} is no field of ${draft.url}`);
    draft = (await field.change(draft, scriptedAsker(script), 'Add Connection')) ?? draft;
  }
  return draft;
};
const shown = (draft: ConnectionDraft): Readonly<Record<string, string>> =>
  Object.fromEntries(fields.filter(({ applies }) => applies(draft)).map((each) => [each.label, each.describe(draft)]));

test('a pasted password goes to the secrets, and no field shows it', async () => {
  const draft = await fill([
    ['URL', 'amqp://shop:p%40ss@broker:5672/orders'],
    ['Result Backend', 'redis://:other@cache:6379/1'],
    ['Name', 'orders'],
    ['Environment', 'Production'],
    ['Shown In', 'Only in These Folders'],
  ]);
  assert.deepEqual(settingOf(draft), {
    name: 'orders',
    url: 'amqp://shop:${secret:url}@broker:5672/orders',
    environment: 'prod',
    resultBackend: 'redis://:${secret:resultBackend}@cache:6379/1',
    folders: ['/home/ann/shop'],
  });
  assert.deepEqual(secretsOf(draft, 'secret'), { url: 'p@ss', resultBackend: 'other' });
  assert.doesNotMatch(JSON.stringify(shown(draft)), /p@ss|other|secret:/);
  assert.equal(shown(draft)['Password'], 'in the secret storage');
});

test('the password is typed, comes from a variable, is asked for each time, or is none', async () => {
  const after = async (...password: Script) => {
    const draft = await fill([
      ['URL', 'redis://localhost/0'],
      ['Password', ...password],
    ]);
    return [settingOf(draft).url, secretsOf(draft, 'secret')];
  };
  assert.deepEqual(await after('Enter Password…', 'a/b@c'), ['redis://:${secret:url}@localhost/0', { url: 'a/b@c' }]);
  assert.deepEqual(await after('Use Environment Variable…', 'REDIS_PW'), ['redis://:${env:REDIS_PW}@localhost/0', {}]);
  assert.deepEqual(await after('Ask Each Time'), ['redis://:${ask:url}@localhost/0', {}]);
  const none = await fill([
    ['URL', 'redis://:x@localhost/0'],
    ['Password', 'No Password'],
  ]);
  assert.equal(none.url, 'redis://localhost/0');
});

test('Escape at any question of a field changes nothing', async () => {
  const start = { url: 'rediss://:${secret:url}@old/0', tls: { caFile: '/dev/null' } };
  const stored = { url: 'one' };
  for (const label of ['Name', 'Environment', 'URL', 'Password', 'Certificates (TLS)', 'Key Prefix', 'Result Backend'])
    assert.deepEqual(await fill([[label, pressEscape]], start, stored), draftOf(start, stored), label);
  assert.deepEqual(await fill([['Password', 'Enter Password…', pressEscape]], start, stored), draftOf(start, stored));
  assert.deepEqual(await fill([['Certificates (TLS)', 'Own CA…', pressEscape]], start, stored), draftOf(start, stored));
});

test('a change keeps the other fields, and drops secrets that have no place any more', async () => {
  const setting = {
    name: 'orders',
    url: 'rediss://:${secret:url}@old/0',
    readOnly: true,
    resultBackend: 'redis://:${secret:resultBackend}@cache/1',
    tls: { caFile: '/dev/null' },
    transportOptions: { visibility_timeout: 10 },
  };
  const draft = await fill(
    [
      ['URL', 'rediss://:${secret:url}@new/0'],
      ['Result Backend', ''],
    ],
    setting,
    { url: 'one', resultBackend: 'two' },
  );
  const { resultBackend: _, ...rest } = setting;
  assert.deepEqual(settingOf(draft), { ...rest, url: 'rediss://:${secret:url}@new/0' });
  assert.deepEqual(secretsOf(draft, 'secret'), { url: 'one' });
});

test('sentinels have a master and a password of their own, folders a place', async () => {
  const sentinel = await fill([
    ['URL', 'sentinel://:pw@a:26379;sentinel://:pw@b:26379'],
    ['Sentinel Master', 'main'],
    ['Sentinel Password', 'their own'],
  ]);
  assert.deepEqual(settingOf(sentinel), {
    name: '',
    url: 'sentinel://:${secret:url}@a:26379;sentinel://:${secret:url}@b:26379',
    transportOptions: {
      master_name: 'main',
      sentinel_kwargs: { password: '${secret:transportOptions.sentinel_kwargs.password}' },
    },
  });
  const stored = { url: 'pw', 'transportOptions.sentinel_kwargs.password': 'their own' };
  assert.deepEqual(secretsOf(sentinel, 'secret'), stored);
  const folders = await fill([
    ['URL', 'filesystem://'],
    ['Folder That Workers Read', 'mail'],
    ['Folder That Workers Write', 'mail'],
  ]);
  assert.deepEqual(settingOf(folders).transportOptions, {
    data_folder_in: '/home/ann/shop/mail',
    data_folder_out: '/home/ann/shop/mail',
    control_folder: '/home/ann/shop/control',
  });
  assert.equal(shown(folders)['Password'], undefined);
});

test('a name is proposed that is not in use', async () => {
  assert.equal(nameOr(await fill([['URL', 'redis://localhost/0']]), ['localhost', 'taken']), 'localhost-2');
});

test('another scheme keeps the server and the password, and takes the path that it needs', () => {
  const changed = (url: string, scheme: string): string => withScheme(draftOf({ url }, {}), scheme).url;
  assert.equal(changed('redis://:${secret:url}@host:5672/0', 'amqp'), 'amqp://:${secret:url}@host:5672//');
  assert.equal(changed('amqp://host:6379//', 'redis'), 'redis://host:6379/0');
  assert.equal(changed('redis://host:6379/3', 'rediss'), 'rediss://host:6379/3');
  assert.equal(changed('amqp://guest@host/shop', 'amqps'), 'amqps://guest@host/shop');
});
