import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findFiles, kindOf } from '../../../server/discovery/findFiles.ts';
import { discoveryLimits } from '../../../server/discovery/limits.ts';

test('knows the files that may name a broker by their names', () => {
  const kinds = [
    '.env',
    '.env.local',
    'prod.env',
    '.envrc',
    '.django',
    'docker-compose.yml',
    'compose.prod.yaml',
    'a.py',
    'airflow.cfg',
  ];
  assert.deepEqual(kinds.map(kindOf), ['env', 'env', 'env', 'env', 'env', 'compose', 'compose', 'python', 'ini']);
  assert.deepEqual(['pyproject.toml', 'Cargo.toml', 'env.yml', 'environment.ts', 'README.md'].map(kindOf), [
    'toml',
    null,
    null,
    null,
    null,
  ]);
});

test('stays within its limits and says so', async () => {
  const root = mkdtempSync(join(tmpdir(), 'celeriac-find-'));
  try {
    for (const name of ['a', 'b', 'c', '.venv', 'node_modules']) {
      mkdirSync(join(root, name, 'deep'), { recursive: true });
      writeFileSync(join(root, name, 'settings.py'), '');
      writeFileSync(join(root, name, 'deep', 'more.py'), '');
    }
    const all = await findFiles(root);
    assert.equal(all.files.length, 6);
    assert.deepEqual(all.leftOut, []);
    const few = await findFiles(root, { ...discoveryLimits, files: 2 });
    assert.equal(few.files.length, 2);
    assert.match(few.leftOut[0] ?? '', /Only the first/);
    const flat = await findFiles(root, { ...discoveryLimits, depth: 1 });
    assert.equal(flat.files.length, 3);
    assert.match(flat.leftOut[0] ?? '', /more than 1 levels/);
  } finally {
    rmSync(root, { recursive: true });
  }
});
