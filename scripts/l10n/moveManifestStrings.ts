type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const translated = new Set([
  'altText',
  'contents',
  'contextualTitle',
  'deprecationMessage',
  'description',
  'displayName',
  'enumDescriptions',
  'enumItemLabels',
  'label',
  'markdownDeprecationMessage',
  'markdownDescription',
  'markdownEnumDescriptions',
  'name',
  'title',
]);
const untouched = new Set(['default', 'defaultSnippets', 'enum', 'examples', 'keywords', 'menus', 'scripts']);

/** A manifest whose texts for people are `%keys%`, and the texts by their keys. What is a key already stays. */
export const moveManifestStrings = (
  manifest: Readonly<Record<string, Json>>,
): { readonly manifest: Json; readonly strings: ReadonlyMap<string, string> } => {
  const strings = new Map<string, string>();
  const keys = new Map<string, string>();
  const put = (path: string, text: string): string => {
    if (/^%.*%$/.test(text)) return text;
    let key = keys.get(text) ?? path;
    for (let count = 2; strings.has(key) && strings.get(key) !== text; count++) key = `${path}.${count}`;
    strings.set(key, text);
    keys.set(text, key);
    return `%${key}%`;
  };
  const move = (value: Json, path: string, isText: boolean): Json => {
    if (typeof value === 'string') return isText && value !== '' ? put(path, value) : value;
    if (Array.isArray(value))
      return value.map((each: Json, index) => move(each, `${path}.${nameOf(each) ?? index + 1}`, isText));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => {
        const shown = typeof each === 'object' && each !== null && !Array.isArray(each) ? false : translated.has(name);
        return [name, untouched.has(name) ? each : move(each, `${path}.${name.replace(/^celeriac\./, '')}`, shown)];
      }),
    );
  };
  const part = (name: 'contributes' | 'capabilities'): Json => move(manifest[name] ?? {}, name, false);
  const moved = { ...manifest, contributes: part('contributes'), capabilities: part('capabilities') };
  const shortened = new Map([...strings].map(([key, text]) => [key.replace(/^contributes\./, ''), text]));
  const text = JSON.stringify(moved).replaceAll('"%contributes.', '"%');
  return { manifest: JSON.parse(text), strings: shortened };
};

const nameOf = (value: Json): string | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { command, id, view } = value as Readonly<Record<string, Json>>;
  const name = command ?? id ?? view;
  return typeof name === 'string' ? name.replace(/^celeriac\./, '') : null;
};
