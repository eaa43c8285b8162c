import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { ensurePython } from '../../scripts/setup/python.ts';
import { type Crontab, readCrontabLine } from '../../server/schedule/crontab.ts';
import { nextRun } from '../../server/schedule/nextRun.ts';
import { execute } from '../lab/execute.ts';

type Question = readonly [expression: string, zone: string, last: number, now: number];

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Cairo'];
/** Around the ends of summer time, and anywhere. */
const days = ['2026-03-28', '2026-10-24', '2026-11-01', '2026-04-05', '2027-02-27', '2026-12-31', '2026-06-15'];
const fields = [
  ['*', '*/15', '0', '5,35', '30-45/5', '55-5', '*/7', '59', 'feb', '60', '1-5?'],
  ['*', '*', '2', '*/6', '22-3', '0,12', '1-4/2', '24', '*/5'],
  ['*', '*', '1', '31', '29', '*/2', '1-7', '13,27', '30-2', '0'],
  ['*', '*', '2', 'feb', '*/3', 'jan,jul', '11-2', 'decade', '13'],
  ['*', '*', 'mon', '1-5', 'sat-tue/2', '0', '*/2', 'friday', '7'],
] as const;

/** The same each time. */
const random = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const questions = (many: number): readonly Question[] => {
  const below = random(20_260_301);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  return Array.from({ length: many }, () => {
    const last = Date.parse(`${pick(days)}T00:00:00Z`) / 1000 + below(48 * 3_600);
    return [fields.map(pick).join(' '), pick(zones), last, last + below(pick([60, 3_600, 90_000]))];
  });
};

/** As `crontab.is_due` answers; null: the crontab is refused. */
const answer = (crontab: Crontab | null, [, zone, last, now]: Question): readonly [boolean, number] | null => {
  if (crontab === null) return null;
  const due = nextRun(crontab, zone, last * 1000);
  const isDue = due !== null && due <= now * 1000;
  const next = isDue ? nextRun(crontab, zone, now * 1000) : due;
  return [isDue, Math.max(0, (next ?? 0) / 1000 - now)];
};

it('a thousand crontabs are due when Celery says so, in every zone and over the ends of summer time', async (t) => {
  const python = await ensurePython('5.7', () => undefined).catch((error: unknown) => {
    t.skip(String(error));
    return null;
  });
  if (python === null) return;
  const asked = questions(1_000);
  const { stdout, stderr, code } = await execute(python.python, [join(import.meta.dirname, 'crontabs.py')], {
    input: asked.map((each) => `${JSON.stringify(each)}\n`).join(''),
  });
  assert.equal(code, 0, stderr);
  const answers: unknown[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(answers.length, asked.length);
  assert.ok(answers.filter((each) => each !== null).length > 500);
  for (const [at, question] of asked.entries())
    assert.deepEqual(answer(readCrontabLine(question[0]), question), answers[at], question.join(' | '));
});
