/**
 * The ids of the tasks in a result as Celery writes it: `[[id, parent], null]` for a task and `[[id, parent], [result …]]`
 * for a group (celery/result.py: as_tuple). Groups are opened; `null` for anything else.
 */
export const readTaskIds = (tuple: unknown): readonly string[] | null => {
  const ids: string[] = [];
  return collect(tuple, ids) ? ids : null;
};

/** A group within a group within … is nobody's work; whoever writes such a thing shall not exhaust our stack. */
const deepest = 100;

const collect = (tuple: unknown, ids: string[], depth = 0): boolean => {
  if (!Array.isArray(tuple) || tuple.length !== 2 || depth > deepest) return false;
  const [head, children]: unknown[] = tuple;
  const id: unknown = Array.isArray(head) ? head[0] : head;
  if (typeof id !== 'string') return false;
  if (Array.isArray(children)) return children.every((child) => collect(child, ids, depth + 1));
  ids.push(id);
  return children === null;
};
