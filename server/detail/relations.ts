import type { Relation, Relations } from '../api/taskDetail.ts';
import type { Relative, Relatives } from '../state/queries/relatives.ts';

/** How one task's kin hang together. Events name the parent only; that a task closes a chord is concluded. */
export const relationsOf = (relatives: Relatives): Relations => {
  const { members, rootId, omitted } = relatives;
  const byId = new Map(members.map((member) => [member.id, member]));
  const missing = new Set<string>();
  const links: Relation[] = [];
  for (const { id, parentId } of members) {
    if (parentId === null) continue;
    if (byId.has(parentId)) links.push({ from: parentId, to: id, kind: 'started' });
    else if (omitted === 0) missing.add(parentId);
  }
  if (rootId !== null && !byId.has(rootId) && omitted === 0) missing.add(rootId);
  return {
    rootId,
    tasks: members
      .map(({ parentId: _parent, enteredAt: _entered, ...task }) => task)
      .sort((a, b) => a.firstSeenAt - b.firstSeenAt),
    links: [...links, ...chordLinks(members)],
    omitted,
    missing: [...missing],
  };
};

/** Where the result backend cannot count, this task waits for the header and sends the body (celery/app/builtins.py). */
const unlocker = 'celery.chord_unlock';

/** The body of a chord is sent by the last of its header to end, or by the task that waits for them. */
const chordLinks = (members: readonly Relative[]): readonly Relation[] => {
  const families = Map.groupBy(members, ({ parentId }) => parentId ?? '');
  const links: Relation[] = [];
  for (const [parentId, family] of families) {
    if (parentId === '') continue;
    const header = family.filter(({ name }) => name !== unlocker);
    const unlocked = family.filter((member) => !header.includes(member)).flatMap(({ id }) => families.get(id) ?? []);
    const body = unlocked[0] ?? bodyBehind(header, families);
    if (header.length > 1 && body) links.push(...linksTo(body, header));
  }
  return links;
};

const linksTo = (body: Relative, header: readonly Relative[]): Relation[] =>
  header.filter(({ id }) => id !== body.parentId).map(({ id }) => ({ from: id, to: body.id, kind: 'chord' }));

/** The pool is ahead of the worker that tells of it: the body may be sent before the ends of the header are told. */
const slackMs = 250;

/** The only child of a whole group, of another name than its members, sent when all of them have ended. */
const bodyBehind = (
  header: readonly Relative[],
  families: ReadonlyMap<string, readonly Relative[]>,
): Relative | null => {
  const [body, another] = header.flatMap(({ id }) => families.get(id) ?? []);
  if (!body || another) return null;
  const isOver = header.every(
    ({ state, finishedAt }) => state === 'SUCCESS' && finishedAt !== null && finishedAt <= body.enteredAt + slackMs,
  );
  return isOver && header.every(({ name }) => name !== body.name) ? body : null;
};
