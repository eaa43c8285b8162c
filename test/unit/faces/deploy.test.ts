import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { parseArguments } from '../../../server/faces/cli/parseArguments.ts';

const read = (file: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'deploy', file), 'utf8');

const isServe = (args: readonly string[]): void => {
  const invocation = parseArguments(args);
  assert.equal(invocation.kind === 'run' ? invocation.command : invocation.kind, 'serve');
};

test('the container starts with options that the command line has', () => {
  const commands = [...read('Dockerfile').matchAll(/^CMD (\[.*\])$/gm)].map(
    (match) => JSON.parse(match[1] ?? '') as string[],
  );
  assert.equal(commands.length, 1);
  for (const args of commands) isServe(args);
});

test('the pod starts with options that the command line has, and its probes ask for paths that are open', () => {
  const documents = parseAllDocuments(read('kubernetes.yaml')).map((document) => document.toJS());
  const [container] = documents.find(({ kind }) => kind === 'Deployment').spec.template.spec.containers;
  isServe(container.args);
  assert.deepEqual(
    [container.livenessProbe.httpGet.path, container.readinessProbe.httpGet.path],
    ['/livez', '/readyz'],
  );
});

test('the compose file asks for a token and opens no port to the world', () => {
  const { services } = parse(read('compose.yaml'));
  isServe(services.celeriac.command.split(' '));
  assert.match(services.celeriac.environment.CELERIAC_TOKEN, /:\?/);
  assert.ok(services.celeriac.ports.every((port: string) => port.startsWith('127.0.0.1:')));
});
