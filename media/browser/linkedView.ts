/** What a page kept, with the task query that its link names: `/?query=state:FAILURE name:orders.*`. */
export const linkedView = (kept: string | null, search: string): string | null => {
  const text = new URLSearchParams(search).get('query');
  if (text === null) return kept;
  const before = parsed(kept);
  const { lists } = before;
  const table = typeof lists === 'object' && lists !== null ? lists : {};
  return JSON.stringify({ ...before, lists: { ...table, tab: 'tasks', states: [], text } });
};

const parsed = (text: string | null): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};
