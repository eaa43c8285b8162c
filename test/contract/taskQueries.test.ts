import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ClusterState } from '../../server/state/clusterState.ts';
import { below, makeRandom, uuidFrom } from '../unit/state/random.ts';
import { applyAll, makeState, received, t0, taskEvent } from '../unit/state/someEvents.ts';

type Random = () => number;

const one = <T>(random: Random, of: readonly T[]): T => of[below(random, of.length)] as T;

const names = ['orders.charge', 'orders.ship', 'emails.send', 'celery.backend_cleanup', 'Reports.nightly'];
const workers = ['w1@api-1', 'w2@api-1', 'celery@w1', 'Slow@batch'];
const queues = ['default', 'priority', 'slow.batch'];
const argTexts = ["('75269', 1450)", '()', "({'id': 42},)", '("a (b) c",)', '[1, 2]'];
const kwargTexts = ["{'customer': 42}", "{'customer': 'bob', 'n': 1}", '{}', '{"customer": 421}'];
const exceptions = ["TimeoutError('slow')", 'ConnectionError()', 'GatewayTimeout(3)', 'KeyError("x")'];
const results = ['None', "'done'", '{"id": 42}'];

/** Tasks in all states, with and without each of what can be asked for. */
const someTasks = (random: Random, state: ClusterState): void => {
  for (let index = 0; index < 150; index++) {
    const id = uuidFrom(random);
    const at = below(random, 7_000);
    const hostname = one(random, workers);
    const told = { name: one(random, names), args: one(random, argTexts), kwargs: one(random, kwargTexts) };
    if (random() < 0.6)
      applyAll(state, taskEvent('sent', id, at - 3, { ...told, queue: one(random, queues), retries: 0 }));
    if (random() < 0.9) applyAll(state, received(id, at, { ...told, hostname, retries: below(random, 4) }));
    if (random() < 0.8) applyAll(state, taskEvent('started', id, at + below(random, 90), { hostname }));
    const end = random();
    const endAt = at + 90 + below(random, 20);
    const runtime = below(random, 120) / 8;
    if (end < 0.4)
      applyAll(state, taskEvent('succeeded', id, endAt, { hostname, runtime, result: one(random, results) }));
    else if (end < 0.7)
      applyAll(state, taskEvent('failed', id, endAt, { hostname, exception: one(random, exceptions), traceback: 'x' }));
    else if (end < 0.8)
      applyAll(state, taskEvent('retried', id, endAt, { hostname, exception: one(random, exceptions) }));
  }
};

/** A query as it is typed, and what it means, for the other filter. */
interface Typed {
  readonly text: string;
  readonly means: object;
}

const quoted = (text: string): string => (/[\s()",\\]/.test(text) ? `"${text.replaceAll(/[\\"]/g, '\\$&')}"` : text);

const pieceOf = (random: Random, texts: readonly string[]): string => {
  const text = one(random, texts);
  const from = below(random, text.length);
  return text.slice(from, from + 1 + below(random, 8));
};

const starred = (random: Random, text: string): string => {
  const cut = below(random, text.length + 1);
  return one(random, [
    text,
    `${text.slice(0, cut)}*`,
    `*${text.slice(cut)}`,
    `${text.slice(0, cut)}*${text.slice(cut)}`,
    `*${text}*`,
  ]);
};

const labels = { name: names, worker: [...workers, 'w1', 'api-1', 'w9'], queue: queues } as const;
const texts = { args: argTexts, kwargs: kwargTexts, result: results, exception: exceptions } as const;
const states = ['PENDING', 'RECEIVED', 'STARTED', 'SUCCESS', 'FAILURE', 'RETRY', 'REVOKED', 'NONE'];

const term = (random: Random): Typed => {
  const sign = one(random, ['>', '>=', '<', '<=', '=']);
  switch (below(random, 7)) {
    case 0: {
      const patterns = Array.from({ length: 1 + below(random, 2) }, () => one(random, states));
      return { text: `state:${patterns.join(',')}`, means: { kind: 'state', patterns } };
    }
    case 1: {
      const column = one(random, ['name', 'worker', 'queue'] as const);
      const patterns = Array.from({ length: 1 + below(random, 2) }, () => starred(random, one(random, labels[column])));
      return { text: `${column}:${patterns.join(',')}`, means: { kind: 'label', column, patterns } };
    }
    case 2: {
      const column = one(random, ['args', 'kwargs', 'result', 'exception'] as const);
      const text = starred(random, pieceOf(random, texts[column]));
      return { text: `${column}:${quoted(text)}`, means: { kind: 'text', column, text } };
    }
    case 3: {
      const text =
        pieceOf(random, [...argTexts, ...exceptions])
          .replaceAll(/[*:\s]/g, '')
          .replace(/^-/, '') || '42';
      return { text: `text:${quoted(text)}`, means: { kind: 'word', text } };
    }
    case 4: {
      const text = uuidFrom(random).slice(0, 1 + below(random, 2));
      return { text: `id:${text}`, means: { kind: 'id', text } };
    }
    case 5: {
      const limit = below(random, 60) / 8;
      const [typed, column, of] = one(random, [
        [`runtime:${sign}${limit}s`, 'runtimeSeconds', limit],
        [`runtime:${sign}${limit * 1_000}ms`, 'runtimeSeconds', limit],
        [`wait:${sign}${limit}`, 'waitSeconds', limit],
        [`retries:${sign}${Math.floor(limit)}`, 'retries', Math.floor(limit)],
      ] as const);
      return { text: typed, means: { kind: 'number', column, sign, limit: of } };
    }
    default: {
      const column = one(random, ['received', 'started', 'finished', 'sent', 'updated'] as const);
      const minutes = below(random, 130);
      return {
        text: `${column}:${sign}${minutes}m`,
        means: { kind: 'age', column: `${column}At`, sign, limit: minutes * 60 },
      };
    }
  }
};

const query = (random: Random, depth: number): Typed => {
  const shape = depth === 0 ? 0 : below(random, 5);
  if (shape <= 1) return term(random);
  if (shape === 2) {
    const { text, means } = query(random, depth - 1);
    return { text: `${one(random, ['-', 'NOT '])}(${text})`, means: { kind: 'not', part: means } };
  }
  const parts = Array.from({ length: 2 + below(random, 2) }, () => query(random, depth - 1));
  const isAny = shape === 3;
  return {
    text: parts.map(({ text }) => `(${text})`).join(isAny ? ' OR ' : one(random, [' ', ' AND '])),
    means: { kind: isAny ? 'any' : 'all', parts: parts.map(({ means }) => means) },
  };
};

test('10,000 random queries find what a plain filter in Python finds', (t) => {
  if (spawnSync('python3', ['--version']).status !== 0) return t.skip('there is no python3');
  const random = makeRandom(7);
  const state = makeState(1_000);
  someTasks(random, state);
  const now = (t0 + 7_200) * 1_000;
  const tasks = state.tasks.page({ limit: 1_000 }).tasks;
  const queries = Array.from({ length: 10_000 }, () => query(random, 3));
  const input = JSON.stringify({ now, tasks, queries: queries.map(({ means }) => means) });
  const python = spawnSync('python3', [join(import.meta.dirname, 'taskQueryFilter.py')], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  assert.equal(python.status, 0, python.stderr);
  const wanted: readonly (readonly string[])[] = JSON.parse(python.stdout);
  let found = 0;
  for (const [index, { text }] of queries.entries()) {
    // Newest first is looked through task by task; any other order looks all texts up beforehand.
    const sort = { column: 'updated', descending: index % 2 === 0 } as const;
    const page = state.tasks.page({ where: { query: text, at: now }, limit: 1_000, sort });
    assert.deepEqual(page.tasks.map(({ id }) => id).toSorted(), wanted[index]?.toSorted(), text);
    found += page.tasks.length;
  }
  assert.ok(found > 50_000, `${found} tasks were found in all`);
});
