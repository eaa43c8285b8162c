import { fieldOf } from '../commands/fieldOf.ts';
import { takeSecrets } from './plainSecrets.ts';
import { type ConnectionSetting, nameOf } from './resolveConnection.ts';

const format = 'celeriac-connections';

/** The file that takes connections to another machine or a colleague. It holds placeholders, never a secret. */
export const writeConnections = (entries: readonly ConnectionSetting[]): string =>
  `${JSON.stringify({ format, version: 1, connections: entries.map((each) => takeSecrets(each).setting) }, null, 2)}\n`;

/** The entries of such a file, or of a list as it stands in the settings. Null: it is neither. */
export const readConnections = (text: string): readonly ConnectionSetting[] | null => {
  const parsed = parse(text);
  const listed = Array.isArray(parsed) ? parsed : fieldOf(parsed, 'connections');
  if (!Array.isArray(listed)) return null;
  const entries = listed.filter((each): each is ConnectionSetting => typeof fieldOf(each, 'url') === 'string');
  return entries.map((each, index) => ({ ...each, name: nameOf(each, index) }));
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
