import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inWords } from '../../../server/api/phrase.ts';
import { callDoubt } from '../../../server/code/callDoubtSource.ts';
import { callFit } from '../../../server/code/callFit.ts';
import { drawnGraph } from '../../../server/code/codeGraph.ts';
import { beatZone, crontabAt } from '../../../server/code/crontabAt.ts';
import { taskGraph } from '../../../server/code/taskGraph.ts';
import { crontabWords } from '../../../server/schedule/crontabWords.ts';
import { type Files, indexOf } from './indexOf.ts';

const app = 'from celery import Celery\napp = Celery("p")\n';

const wordsAt = (text: string, mark = 'crontab('): string | null => {
  const index = indexOf({ 'p.py': text });
  const file = index.file('p.py');
  assert.ok(file);
  const found = crontabAt(index, file, text.lastIndexOf(mark) + 2);
  return found && inWords(crontabWords(found.crontab));
};

test('a crontab in the code is read where all of it is told by the text', () => {
  const head = 'from celery.schedules import crontab as c, crontab\nHOUR = 4\n';
  assert.equal(wordsAt(`${head}a = crontab(minute=30, hour=HOUR, day_of_week="mon")\n`), 'at 04:30 on Mondays');
  assert.equal(wordsAt(`${head}a = c(0, [3, 4], app=app)\n`, ' c('), 'at 03:00 and 04:00 every day');
  assert.equal(wordsAt(`${head}a = crontab(hour=unknown())\n`), null);
  assert.equal(wordsAt(`${head}a = crontab(**options)\n`), null);
  assert.equal(wordsAt(`${head}a = crontab(minute=61)\n`), null);
  assert.equal(wordsAt('a = crontab(minute=0)\n'), null);
});

test('the zone in which beat counts is what the code says, UTC without a word, and not known where code decides it', () => {
  const zone = (files: Files): string | null => beatZone(indexOf(files));
  assert.equal(zone({ 'p.py': app }), 'UTC');
  assert.equal(zone({ 'p.py': `${app}app.conf.timezone = "Europe/Berlin"\n` }), 'Europe/Berlin');
  assert.equal(zone({ 'p.py': `${app}app.conf.timezone = here()\n` }), null);
  assert.equal(zone({ 'p.py': `${app}app.conf.enable_utc = False\n` }), null);
  assert.equal(zone({ 'p.py': `${app}app.conf.timezone = "Mars/Olympus"\n` }), null);
});

test('a call is judged by the signature of the task', () => {
  const code = `${app}@app.task(bind=True)\ndef charge(self, order_id: int, /, amount: "Decimal" = 1, *, note=None): pass\n`;
  const index = indexOf({ 'p.py': code });
  const problem = (count: number, ...names: readonly string[]) =>
    callFit(index, 'p.charge', { count, names })?.problem?.sentence ?? null;
  assert.deepEqual(
    callFit(index, 'p.charge', { count: 1, names: [] })?.parameters.map(({ name, kind, annotation, default: own }) => [
      name,
      kind,
      annotation,
      own,
    ]),
    [
      ['order_id', 'positional', 'int', null],
      ['amount', 'regular', '"Decimal"', '1'],
      ['note', 'keyword', null, 'None'],
    ],
  );
  assert.equal(problem(1, 'note'), null);
  assert.equal(problem(0), 'charge() is missing order_id.');
  assert.equal(problem(3), 'charge() accepts at most 2 positional arguments, but 3 are given.');
  assert.equal(problem(1, 'notes'), 'charge() has no parameter "notes".');
  assert.equal(problem(2, 'amount'), 'charge() is given "amount" twice.');
  assert.equal(callFit(index, 'p.other', { count: 0, names: [] }), null);
  const wrapped = indexOf({ 'p.py': `${app}@app.task\n@injected\ndef a(x): pass\n` });
  assert.equal(callFit(wrapped, 'p.a', { count: 0, names: [] }), null);
});

test('a graph has one line from one task to another, and those with the most neighbours where there are too many', () => {
  const code = `${app}@app.task\ndef a():\n    b.delay()\n    b.delay()\n    b.s()\n@app.task\ndef b(): pass\n@app.task\ndef c(): pass\n`;
  const whole = drawnGraph(taskGraph(indexOf({ 'p.py': code })), 10);
  assert.deepEqual(whole.edges, [{ from: 'p.a', to: 'p.b', kinds: ['delay', 's'] }]);
  const cut = drawnGraph(taskGraph(indexOf({ 'p.py': code })), 2);
  assert.deepEqual([cut.nodes.map(({ id }) => id).sort(), cut.omitted], [['p.a', 'p.b'], 1]);
});

test('the code of a project folder says why a call does not fit; other folders are not read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-call-'));
  try {
    writeFileSync(join(folder, 'p.py'), `${app}@app.task\ndef charge(order_id, amount=1): pass\n`);
    assert.equal(await callDoubt(folder, 'p.charge', [], {}), null);
    writeFileSync(join(folder, 'pyproject.toml'), '');
    assert.equal(await callDoubt(folder, 'p.charge', [], {}), 'charge() is missing order_id.');
    assert.equal(await callDoubt(folder, 'p.charge', [7], { amount: 2 }), null);
    assert.equal(await callDoubt(folder, 'p.unknown', [], {}), null);
    assert.equal(await callDoubt(join(folder, 'gone'), 'p.charge', [], {}), null);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
