import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonPlaces } from '../../../../extension/python/pythonPlaces.ts';
import { isFit, whyNoPython } from '../../../../extension/python/pythonVerdict.ts';

const nowhere = {
  workers: [],
  active: null,
  folders: ['/ws/My_Shop'],
  home: '/home/anna',
  environment: {},
  list: () => [],
  platform: 'linux' as const,
};

test('the interpreter of a local worker comes first, then that of the Python extension, then those of the folder, and the PATH last', () => {
  const places = pythonPlaces({
    ...nowhere,
    workers: ['/w/python'],
    active: '/opt/py',
    environment: { VIRTUAL_ENV: '/act', CONDA_PREFIX: '/con' },
  });
  assert.deepEqual(places, [
    '/w/python',
    '/opt/py',
    '/ws/My_Shop/.venv/bin/python',
    '/ws/My_Shop/venv/bin/python',
    '/ws/My_Shop/env/bin/python',
    '/ws/My_Shop/.conda/bin/python',
    '/act/bin/python',
    '/con/bin/python',
    'python3',
    'python',
  ]);
});

test('environments that Poetry and Pipenv keep elsewhere are found by the name of the project', () => {
  const kept: Readonly<Record<string, readonly string[]>> = {
    '/home/anna/.cache/pypoetry/virtualenvs': [
      'my-shop-Ab3_x-9Q-py3.12',
      'my-shop-tools-Ab3_x-9Q-py3.12',
      'other-Ab3_x-9Q-py3.12',
    ],
    '/home/anna/.local/share/virtualenvs': ['My_Shop-1a2B3c4D'],
  };
  const places = pythonPlaces({ ...nowhere, list: (folder) => kept[folder] ?? [] });
  assert.deepEqual(places.slice(4, -2), [
    '/home/anna/.cache/pypoetry/virtualenvs/my-shop-Ab3_x-9Q-py3.12/bin/python',
    '/home/anna/.local/share/virtualenvs/My_Shop-1a2B3c4D/bin/python',
  ]);
});

const whole = { command: '/my venv/bin/python', version: '3.12', celery: '5.6.3', debugpy: '1.8' };

test('a Python fits with Celery and debugpy, or without debugpy where somebody brings it', () => {
  assert.equal(isFit(whole, false), true);
  assert.equal(isFit({ ...whole, debugpy: null }, false), false);
  assert.equal(isFit({ ...whole, debugpy: null }, true), true);
  assert.equal(isFit({ ...whole, celery: null }, true), false);
});

test('what is missing is said with the command that installs it', () => {
  const bare = { ...whole, command: 'python3', celery: null, debugpy: null };
  assert.deepEqual(whyNoPython([bare, { ...whole, debugpy: null }], []), {
    sentence: "debugpy isn't installed in /my venv/bin/python (Celery 5.6.3).",
    install: '"/my venv/bin/python" -m pip install debugpy',
  });
  assert.deepEqual(whyNoPython([bare], []), {
    sentence: "Celery isn't installed in python3 (3.12).",
    install: 'python3 -m pip install celery debugpy',
  });
  assert.deepEqual(whyNoPython([], ['python3', 'python']), {
    sentence: 'No Python found (tried python3, python).',
    install: null,
  });
});
