import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { insertListening, isCeleryLine } from '../../../../extension/debug/debugpy/insertListening.ts';
import { listenHandlers, listenSnippet } from '../../../../extension/debug/debugpy/listenSnippet.ts';

const applied = (source: string): string => {
  const lines = source.split('\n');
  for (const { line, text } of (insertListening(source) ?? []).toReversed())
    if (line >= lines.length) lines.push(...text.replace(/^\n/, '').split('\n'));
    else lines[line] = text + lines[line];
  return lines.join('\n');
};

test('puts the imports with the others and the handlers at the end', () => {
  const app = `"""The shop.

import nothing
"""
import os
from celery import (
    Celery,
)

app = Celery("shop")


@app.task
def charge():
    import decimal
`;
  assert.equal(
    applied(app),
    app.replace(')\n\napp', ')\nimport threading\nfrom celery.signals import worker_init, worker_process_init\n\napp') +
      `\n\n${listenHandlers}`,
  );
});

test('does so without imports, without a last line break, and behind comments', () => {
  const text = applied('#!/usr/bin/env python\napp = make_Celery()\n@app.task\ndef f(): pass');
  assert.match(text, /^#!\/usr\/bin\/env python\nimport os\nimport threading\nfrom celery.signals .*\n\napp = /);
  assert.ok(text.includes(`def f(): pass\n\n\n${listenHandlers}`));
});

test('leaves alone what is no app of Celery, or listens already', () => {
  assert.equal(insertListening('import os\n'), null);
  assert.equal(insertListening(`from celery import Celery\n${listenSnippet}`), null);
});

test('is offered at an app and at a task', () => {
  const lines = ['app = Celery("shop")', '@app.task', '    @shared_task(bind=True)', '@celery.task(name="x")'];
  assert.deepEqual(lines.filter(isCeleryLine), lines);
  assert.deepEqual(['def charge():', 'task = 1', 'import celery'].filter(isCeleryLine), []);
});

test('the snippet of the editor is the same', () => {
  const file = join(import.meta.dirname, '../../../../media/snippets/python.json');
  const [snippet] = Object.values<{ prefix: string; body: string[] }>(JSON.parse(readFileSync(file, 'utf8')));
  assert.equal(`${snippet?.body.join('\n')}\n`, listenSnippet);
});
