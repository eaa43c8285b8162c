import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCeleryFit, isPythonFit } from '../../../../extension/demo/demoPython.ts';
import { demoFolderOf, demoSetting, demoStaff } from '../../../../extension/demo/demoStaff.ts';
import { pythonCandidates } from '../../../../extension/demo/pythonCandidates.ts';
import { readAnswer } from '../../../../extension/python/probePython.ts';

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
  assert.deepEqual(readAnswer('py', 'a warning\n{"version": "3.12", "celery": "5.6.3", "debugpy": null}\n'), {
    command: 'py',
    version: '3.12',
    celery: '5.6.3',
    debugpy: null,
  });
  assert.equal(readAnswer('py', '[]'), null);
  const python = { command: 'py', version: '3.12', celery: null, debugpy: null };
  const fits = (celery: string | null): boolean => isCeleryFit({ ...python, celery });
  assert.deepEqual(['5.3.0', '5.10.1', '6.0.0'].map(fits), [true, true, true]);
  assert.deepEqual(['5.2.7', '4.4.7', null].map(fits), [false, false, false]);
  assert.equal(isPythonFit({ ...python, version: '3.8' }), false);
  assert.equal(isPythonFit({ ...python, version: '3.14' }), true);
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
