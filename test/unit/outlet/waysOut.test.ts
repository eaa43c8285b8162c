import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exactRequests } from '../../../server/api/requests.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const filesOf = (...patterns: readonly string[]) =>
  patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).map((file) => file.replaceAll('\\', '/'));

const usersOf = (what: RegExp, ...patterns: readonly string[]): readonly string[] =>
  filesOf(...patterns)
    .filter((file) => what.test(readFileSync(join(root, file), 'utf8')))
    .toSorted();

test('each face has one way out, which covers secrets', () => {
  const http = 'server/faces/http';
  assert.deepEqual(usersOf(/\bJSON\.stringify\(/, `${http}/**/*.ts`), [`${http}/encoded.ts`, `${http}/jsonPieces.ts`]);
  assert.deepEqual(usersOf(/\bresponse\.(write|end|writeHead)\(/, `${http}/**/*.ts`), [
    `${http}/eventFan.ts`,
    `${http}/httpFace.ts`,
    `${http}/respond.ts`,
  ]);
  assert.deepEqual(usersOf(/\bnew Wire\(|\bwire\.notify\(/, 'server/**/*.ts'), ['server/faces/lsp.ts']);
  assert.deepEqual(usersOf(/\bfetch\(|\bJSON\.stringify\(\w*[bB]ody/, 'server/telemetry/*.ts'), [
    'server/telemetry/otlpExporter.ts',
  ]);
});

test('whatever is changed over HTTP is done on behalf of who asks', () => {
  assert.deepEqual(usersOf(/\bcluster\.operations\.(?!as\()/, 'server/faces/http/routes/writes.ts'), []);
});

test('only what is sent again or signed in with asks for exact answers', () => {
  const exact = new RegExp(`\\brequests\\.(${Object.keys(exactRequests).join('|')})\\b`);
  for (const file of usersOf(exact, 'extension/**/*.ts', 'media/**/*.ts'))
    assert.match(file, /^extension\/(retry|discovery)\//);
});

/** Who writes JSON in the command line without the terminal, and what it is. */
const otherJsonWriters: Readonly<Record<string, string>> = {
  'server/faces/cli/commands/askWorkers.ts': 'what the user typed',
  'server/faces/cli/commands/export.ts': 'dashboards of our own',
  'server/faces/cli/eventLine.ts': 'part of a line, of what was covered',
  'server/faces/cli/question.ts': 'what the user typed',
  'server/faces/cli/remote/askHttp.ts': 'what the user typed',
  'server/faces/cli/serveHistory.ts': 'the name of a folder',
  'server/faces/cli/snapshotJson.ts': 'names of workers and ids of tasks',
  'server/faces/cli/celeryJson.ts': "replies as Celery's own commands print them, of what was covered",
};

test('the command line prints what it knows of a cluster through its outlet', () => {
  assert.deepEqual(
    usersOf(/\bJSON\.stringify\(/, 'server/faces/cli/**/*.ts').filter((file) => !(file in otherJsonWriters)),
    ['server/faces/cli/terminal.ts'],
  );
  const screens = usersOf(/\b\w+(?:Screen|\.line)\((?!line|''|`)|\btable\(/, 'server/faces/cli/commands/*.ts');
  const ownTables = ['discover.ts', 'export.ts', 'purge.ts', 'queues.ts', 'send.ts', 'serve.ts'];
  for (const file of screens.filter((each) => !ownTables.some((own) => each.endsWith(`/${own}`))))
    assert.match(readFileSync(join(root, file), 'utf8'), /terminal\.(?:shown|outlet)\b|printSnapshot/, file);
});
