import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoFolderOf, demoSetting, demoStaff } from '../../../../extension/demo/demoStaff.ts';
import { isCeleryFit, isPythonFit, readAnswer } from '../../../../extension/demo/probePython.ts';
import { pythonCandidates } from '../../../../extension/demo/pythonCandidates.ts';

test('looks for Python where the user works first, on the PATH last', () => {
  const places = { active: '/py/bin/python', trustedFolders: ['/shop'], ownFolder: '/own' };
  assert.deepEqual(pythonCandidates({ ...places, platform: 'linux' }), [
    '/py/bin/python',
    '/shop/.venv/bin/python',
    '/shop/venv/bin/python',
    '/shop/env/bin/python',
    '/own/bin/python',
    'python3',
    'python',
  ]);
  assert.deepEqual(pythonCandidates({ ...places, active: null, trustedFolders: [], platform: 'win32' }), [
    '\\own\\Scripts\\python.exe',
    'python',
    'py',
  ]);
});

test('knows from an answer what a Python is good for', () => {
  assert.deepEqual(readAnswer('py', 'a warning\n{"version": "3.12", "celery": "5.6.3"}\n'), {
    command: 'py',
    version: '3.12',
    celery: '5.6.3',
  });
  assert.equal(readAnswer('py', '[]'), null);
  assert.deepEqual(['5.3.0', '5.10.1', '6.0.0'].map(isCeleryFit), [true, true, true]);
  assert.deepEqual(['5.2.7', '4.4.7', null].map(isCeleryFit), [false, false, false]);
  assert.equal(isPythonFit({ command: 'py', version: '3.8', celery: null }), false);
  assert.equal(isPythonFit({ command: 'py', version: '3.14', celery: null }), true);
});

test('recognises its own connection, and leaves those of users alone', () => {
  assert.equal(demoFolderOf(demoSetting('demo', '/tmp/celeriac-demo-Ab3')), '/tmp/celeriac-demo-Ab3');
  assert.equal(demoFolderOf(demoSetting('demo', '/srv/messages')), null);
  assert.equal(demoFolderOf({ url: 'redis://localhost' }), null);
  assert.equal(demoFolderOf({ url: 'filesystem://', transportOptions: { data_folder_in: '/srv/in' } }), null);
});

test('where nothing can be forked, workers use threads', () => {
  assert.ok(demoStaff('win32').every(({ args }) => args[0] !== 'worker' || args.includes('threads')));
  assert.ok(!demoStaff('linux').some(({ args }) => args.includes('--pool')));
});
