import type { Relation, Relations } from '../api/taskDetail.ts';
import type { Relative, Relatives } from '../state/relatives.ts';

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
    tasks: members.map(({ parentId: _parent, ...task }) => task).sort((a, b) => a.firstSeenAt - b.firstSeenAt),
    links: [...links, ...chordLinks(members)],
    omitted,
    missing: [...missing],
  };
};

/**
 * Among siblings, one that was first seen when every other had ended is the body of a chord whose header they are; so is the
 * only child of the last to end.
 */
const chordLinks = (members: readonly Relative[]): readonly Relation[] => {
  const families = new Map<string, Relative[]>();
  for (const member of members) {
    const family = families.get(member.parentId ?? '');
    if (family) family.push(member);
    else families.set(member.parentId ?? '', [member]);
  }
  const links: Relation[] = [];
  for (const [parentId, family] of families) {
    if (parentId === '' || family.length < 2) continue;
    const header = family.filter((member) => !isBodyOf(member, without(family, member)));
    for (const body of family.filter((member) => !header.includes(member)))
      if (header.length > 1)
        links.push(...header.map(({ id }): Relation => ({ from: id, to: body.id, kind: 'chord' })));
    if (header.length === family.length) links.push(...bodyBehind(family, families));
  }
  return links;
};

/** The last of the header sends the body, so that it counts as its parent. */
const bodyBehind = (header: readonly Relative[], families: ReadonlyMap<string, readonly Relative[]>): Relation[] => {
  const children = header.flatMap(({ id }) => families.get(id) ?? []);
  const [body] = children;
  if (!body || children.length > 1 || !isBodyOf(body, header)) return [];
  return header.filter(({ id }) => id !== body.parentId).map(({ id }) => ({ from: id, to: body.id, kind: 'chord' }));
};

/** Clocks of several machines are compared here, so a little is allowed for. */
const slackMs = 50;

const isBodyOf = (body: Relative, header: readonly Relative[]): boolean =>
  header.length > 1 &&
  header.every(
    ({ state, finishedAt }) => state === 'SUCCESS' && finishedAt !== null && finishedAt <= body.firstSeenAt + slackMs,
  );

const without = (family: readonly Relative[], member: Relative): readonly Relative[] =>
  family.filter((other) => other !== member);
