import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toDebugpy } from '../../../../extension/debug/debugpy/toDebugpy.ts';
import { likeliestFirst, startable } from '../../../../extension/debug/launch/appChoice.ts';
import { celeryModule } from '../../../../extension/debug/launch/celeryModule.ts';
import { appConfigurations, initialConfigurations } from '../../../../extension/debug/launch/offeredConfigurations.ts';
import { firstForm, formRows, workerConfiguration } from '../../../../extension/debug/launch/workerForm.ts';
import { readEnvFile } from '../../../../extension/python/readEnvFile.ts';
import type { CeleryApp } from '../../../../server/api/language.ts';

const anApp = (target: string, file: string, more: Partial<CeleryApp> = {}): CeleryApp => ({
  target,
  folder: '/ws',
  file,
  line: 1,
  how: 'written',
  isDjango: false,
  isTest: false,
  ...more,
});
const shop = anApp('shop.celeryapp:app', '/ws/shop/celeryapp.py');
const anna = { user: 'Anna K.' };

describe('a launch configuration that names an app', () => {
  test('starts a worker that holds no more of what waits than it must', () => {
    assert.deepEqual(celeryModule({ app: 'shop:app' }), {
      module: 'celery',
      args: [
        '-A',
        'shop:app',
        'worker',
        '--loglevel=INFO',
        '--pool=solo',
        '--hostname=debug@%h',
        '--prefetch-multiplier=1',
        '--task-events',
      ],
    });
  });

  test('says how many children, which queues, and what follows', () => {
    const { args } = celeryModule({ app: 'a', pool: 'prefork', queues: ['x', 'y'], args: ['-P'] }) ?? { args: [] };
    assert.deepEqual(args.slice(4), [
      '--pool=prefork',
      '--concurrency=2',
      '--hostname=debug@%h',
      '--prefetch-multiplier=1',
      '--task-events',
      '--queues=x,y',
      '-P',
    ]);
  });

  test('starts beat without what only workers know', () => {
    assert.deepEqual(celeryModule({ app: 'a', command: 'beat', args: ['-s', '/tmp/x'] })?.args, [
      '-A',
      'a',
      'beat',
      '--loglevel=INFO',
      '-s',
      '/tmp/x',
    ]);
  });

  test('leaves alone what is debugpy’s own, and says what is wrong with its own', () => {
    assert.equal(celeryModule({ module: 'celery', app: 'a' }), null);
    assert.equal(celeryModule({ program: 'x.py', app: 'a' }), null);
    assert.throws(() => celeryModule({ app: 'a', pool: 'processes' }), /"pool"/);
  });

  test('runs the files of this machine, whatever the settings say of others', () => {
    const given = { type: 'celery', request: 'launch', name: '', app: 'a' };
    const whole = toDebugpy(given, { pathMappings: { '/app': '/ws' }, hasDebugpy: false });
    assert.equal(whole['pathMappings'], undefined);
    assert.equal(whole['justMyCode'], true);
    assert.equal(whole['module'], 'celery');
  });
});

describe('the configurations of a project', () => {
  test('name its apps and folders wherever it lies', () => {
    const below = anApp('web.celery:app', '/ws/site/web/celery.py', { folder: '/ws/site' });
    const all = appConfigurations(below, '/ws');
    assert.deepEqual(
      all.map(({ cwd }) => cwd),
      Array(3).fill('${workspaceFolder}/site'),
    );
    assert.deepEqual(
      all.map(({ pool, command }) => pool ?? command),
      ['solo', 'prefork', 'beat'],
    );
    assert.equal(appConfigurations(shop, '/elsewhere')[0]?.['cwd'], '/ws');
  });

  test('leave out functions, and the apps of tests where there are others', () => {
    const all = [
      shop,
      anApp('tests.a:app', '/ws/tests/a.py', { isTest: true }),
      anApp('f:make', '/ws/f.py', { how: 'function' }),
    ];
    assert.deepEqual(
      initialConfigurations(all, '/ws').map(({ app, pool }) => `${app} ${pool}`),
      ['shop.celeryapp:app solo', 'shop.celeryapp:app prefork'],
    );
    assert.equal(startable(all.slice(1)).length, 1);
  });

  test('the app of the file at hand comes first, then those that lie near it', () => {
    const other = anApp('mail.app:app', '/ws/mail/app.py');
    const first = (near: string | null) => likeliestFirst([shop, other], near)[0]?.target;
    assert.equal(first(null), 'shop.celeryapp:app');
    assert.equal(first('/ws/mail/app.py'), 'mail.app:app');
    assert.equal(first('/ws/mail/tasks.py'), 'mail.app:app');
    assert.equal(first('/ws/other.py'), 'shop.celeryapp:app');
  });
});

describe('the form of a worker to debug', () => {
  test('takes nothing from others where others work', () => {
    const form = firstForm(true);
    const made = workerConfiguration(form, shop, '/ws', anna);
    assert.deepEqual(made['queues'], ['celeriac.debug.anna-k-']);
    assert.equal(made['workerName'], 'debug-anna-k-@%h');
    assert.match(formRows(form, shop, anna)[0]?.detail ?? '', /only tasks sent to celeriac\.debug\.anna-k-/);
  });

  test('says plainly that it takes the tasks of others', () => {
    const form = firstForm(false);
    assert.deepEqual(workerConfiguration(form, shop, '/ws', anna)['queues'], []);
    assert.match(formRows(form, shop, anna)[0]?.detail ?? '', /from the app's other workers/);
  });
});

test('an environment file is read with its quotes and remarks', () => {
  const text = [
    '# remark=1',
    'PLAIN=one two # three',
    "export SINGLE='a # b'",
    'DOUBLE="line\\nnext \\"q\\""',
    'URL=redis://:p%40ss@h/0#frag',
    'EMPTY=',
    'no line',
    ' SPACED = x ',
  ].join('\n');
  assert.deepEqual(readEnvFile(text), {
    PLAIN: 'one two',
    SINGLE: 'a # b',
    DOUBLE: 'line\nnext "q"',
    URL: 'redis://:p%40ss@h/0#frag',
    EMPTY: '',
    SPACED: 'x',
  });
});
