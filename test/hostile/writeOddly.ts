import assert from 'node:assert/strict';
import { controlMethods } from '../../server/celery/controlCommands.ts';
import type { BodyField } from '../../server/faces/http/route.ts';
import { routes } from '../../server/faces/http/routes.ts';
import { below } from '../unit/state/random.ts';
import { oddText, oddValue, pick, type Random } from './oddValues.ts';
import type { WholeEngine } from './wholeEngine.ts';

const [first, ...others] = routes.filter(({ changes }) => changes);
const [firstMethod = '', ...otherMethods] = controlMethods;

/** Of the kind that the route takes, so that it gets past the door; what it holds is odd. */
const ofKind: Readonly<Record<BodyField['kind'], (random: Random) => unknown>> = {
  text: (random) => oddText(random).slice(0, 2_000),
  texts: (random) => [oddText(random), oddText(random)],
  number: (random) => below(random, 1_000) - 500,
  integer: (random) => below(random, 1_000) - 500,
  boolean: (random) => random() < 0.5,
  array: (random) => [oddValue(random), oddValue(random)],
  object: (random) => ({ [oddText(random).slice(0, 100)]: oddValue(random), n: below(random, 9), signal: 'KILL' }),
};

/** A request that would change the cluster is done or refused with a sentence, and never a failure of ours. */
export const writeOddly = async ({ address, said }: WholeEngine, random: Random): Promise<number> => {
  if (!first) throw new Error('nothing is written over HTTP any more');
  const { path, body: fields = [] } = pick(random, [first, ...others]);
  const method = pick(random, [firstMethod, ...otherMethods]);
  const place = random() < 0.8 ? method : oddText(random).slice(0, 500).toWellFormed();
  const target = path.replace(/\{\w+\}/, () => encodeURIComponent(place) || 'x');
  const given = fields.flatMap(({ name, kind, isRequired }) => {
    if (!isRequired && random() < 0.4) return [];
    return [[name, random() < 0.85 ? ofKind[kind](random) : oddValue(random)] as const];
  });
  const asked = {
    ...Object.fromEntries(given),
    ...(fields.some(({ name }) => name === 'timeout_ms') ? { timeout_ms: 5 } : {}),
  };
  const body = JSON.stringify(random() < 0.95 ? asked : oddValue(random)).slice(0, 200_000);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(address + target, { method: 'POST', body, headers });
  const text = await response.text();
  assert.ok(response.status !== 500, `POST ${target} ${body.slice(0, 300)}: ${text.slice(0, 300)} ${said.at(-1)}`);
  assert.equal(typeof JSON.parse(text), 'object');
  return response.status;
};
