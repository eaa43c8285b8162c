/** What a link to Celeriac leads to. It can only open what is there. */
export type LinkTarget =
  | { readonly kind: 'connection'; readonly clusterId: string }
  | { readonly kind: 'dashboard'; readonly clusterId: string }
  | { readonly kind: 'task'; readonly clusterId: string; readonly taskId: string };

/** `/connection/<name>`, `/dashboard/<name>`, `/task/<name>/<id>`; null: it leads nowhere. Other parts do not count. */
export const linkTarget = (path: string): LinkTarget | null => {
  const [, kind, clusterId, taskId, ...rest] = path.split('/').map(decode);
  if (!clusterId || rest.length > 0) return null;
  if (kind === 'task') return taskId ? { kind, clusterId, taskId } : null;
  if (taskId !== undefined) return null;
  return kind === 'connection' || kind === 'dashboard' ? { kind, clusterId } : null;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
