/** Levels of objects and lists within each other. Everything that reads values may call itself once a level. */
export const depthLimit = 64;

/** JSON that comes from outside is not larger, in characters. */
export const jsonLimit = 64 * 1024 * 1024;

/** In place of what is left of the room. */
export const tooDeep = -1;
export const tooLarge = -2;

/**
 * What is left of `room` characters after `value`, counting its texts, its names and one for each of its members; or
 * `tooDeep` when it has more than `levels` levels, `tooLarge` when the room does not suffice. It stops at the first of the two.
 */
export const roomAfter = (value: unknown, levels: number, room: number): number => {
  if (typeof value === 'string') return less(room, value.length + 1);
  if (typeof value !== 'object' || value === null) return less(room, 1);
  if (levels === 0) return tooDeep;
  return Array.isArray(value) ? roomAfterList(value, levels, room) : roomAfterMembers(value, levels, room);
};

const roomAfterList = (values: readonly unknown[], levels: number, room: number): number => {
  let left = less(room, 1);
  for (let at = 0; at < values.length && left >= 0; at++) left = roomAfter(values[at], levels - 1, left);
  return left;
};

const roomAfterMembers = (members: object, levels: number, room: number): number => {
  let left = less(room, 1);
  for (const [name, value] of Object.entries(members)) {
    if (left < 0) break;
    left = roomAfter(value, levels - 1, less(left, name.length));
  }
  return left;
};

const less = (room: number, taken: number): number => (room < 0 ? room : room >= taken ? room - taken : tooLarge);
