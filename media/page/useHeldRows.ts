import { useRef } from 'preact/hooks';
import { type HeldRows, heldRows } from './heldRows.ts';

/**
 * The rows as they are now, and while they are held in the order that was shown last. `listKey` changes when another list is
 * asked for, or this one in another order: it is then shown as it is.
 */
export const useHeldRows = <Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  isHeld: boolean,
  listKey = '',
): HeldRows<Row> => {
  const shown = useRef<{ readonly listKey: string; readonly keys: readonly string[] } | null>(null);
  if (isHeld && shown.current?.listKey === listKey && shown.current.keys.length > 0)
    return heldRows(shown.current.keys, rows, keyOf);
  const keys = rows.map(keyOf);
  shown.current = { listKey, keys };
  return { rows, keys, waiting: 0 };
};
