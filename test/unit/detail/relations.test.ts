import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Relations } from '../../../server/api/taskDetail.ts';
import type { CeleryEvent } from '../../../server/celery/event.ts';
import { relationsOf } from '../../../server/detail/relations.ts';
import { applyAll, idOf, makeState, received, taskEvent } from '../state/someEvents.ts';

const run = (
  task: number,
  at: number,
  parent: number | null,
  root = 1,
  end = at + 1,
  name = 'shop.part',
): readonly CeleryEvent[] => [
  received(task, at, { name, root_id: idOf(root), parent_id: parent === null ? null : idOf(parent) }),
  taskEvent('started', task, at),
  taskEvent('succeeded', task, end, { result: '1', runtime: end - at }),
];

const short = (relations: Relations): string[] => {
  const number = (id: string): number => Number.parseInt(id.slice(-4), 16);
  return relations.links
    .map(({ from, to, kind }) => `${number(from)}${kind === 'chord' ? '⇒' : '→'}${number(to)}`)
    .sort();
};

const relationsIn = (about: number, events: readonly (readonly CeleryEvent[])[], limit = 100): Relations =>
  relationsOf(
    applyAll(makeState(), ...events.flat().sort((a, b) => a.timestamp - b.timestamp)).tasks.relatives(
      idOf(about),
      limit,
    ),
  );

describe('the kin of a task', () => {
  it('are found from any of them: up to the root, down to the last child', () => {
    const chain = [run(1, 0, null), run(2, 1, 1), run(3, 2, 2)];
    for (const about of [1, 2, 3]) assert.deepEqual(short(relationsIn(about, chain)), ['1→2', '2→3']);
  });

  it('are none for a task of its own', () => {
    const { tasks, links, missing } = relationsIn(1, [run(1, 0, null), run(9, 0, null, 9)]);
    assert.deepEqual([tasks.length, links, missing], [1, [], []]);
  });

  it('of a chord sent by a task: its body begins when all of the header have ended', () => {
    const chord = [
      run(1, 0, null),
      run(2, 1, 1, 1, 4),
      run(3, 1, 1, 1, 3),
      run(4, 1, 1, 1, 2),
      run(5, 3.99, 2, 1, 5, 'shop.sum'),
    ];
    assert.deepEqual(short(relationsIn(1, chord)), ['1→2', '1→3', '1→4', '2→5', '3⇒5', '4⇒5']);
  });

  it('of a chord that a task of its own waits for', () => {
    const unlock = run(4, 1, 1, 1, 6, 'celery.chord_unlock');
    const chord = [run(1, 0, null), run(2, 1, 1, 1, 4), run(3, 1, 1, 1, 3), unlock, run(5, 6, 4, 1, 7, 'shop.sum')];
    assert.deepEqual(short(relationsIn(1, chord)), ['1→2', '1→3', '1→4', '2⇒5', '3⇒5', '4→5']);
  });

  it('of a loop that sends one after the other are no chord', () => {
    const loop = [run(1, 0, null, 1, 9), run(2, 1, 1), run(3, 3, 1), run(4, 5, 1)];
    assert.deepEqual(short(relationsIn(1, loop)), ['1→2', '1→3', '1→4']);
  });

  it('of a group are no chord', () => {
    const group = [run(1, 0, null), run(2, 1, 1, 1, 5), run(3, 1, 1), run(4, 2, 3, 1, 3, 'shop.sum')];
    assert.deepEqual(short(relationsIn(1, group)), ['1→2', '1→3', '3→4']);
  });

  it('names those that are known by their id only', () => {
    const { missing } = relationsIn(3, [run(3, 2, 2)]);
    assert.deepEqual(new Set(missing), new Set([idOf(1), idOf(2)]));
  });

  it('are listed up to a limit: the task itself and its nearest first', () => {
    const many = [run(1, 0, null), ...Array.from({ length: 50 }, (_, index) => run(index + 2, 1, 1, 1, 90))];
    const { tasks, omitted } = relationsIn(40, many, 10);
    assert.equal(omitted, 41);
    assert.ok(tasks.some(({ id }) => id === idOf(40)) && tasks.some(({ id }) => id === idOf(1)));
  });
});
