import type { CallParameter } from '../../server/api/codePages.ts';
import { readLiteral } from './readLiteral.ts';

/** Both sides of a call, as JSON. */
export interface Sides {
  readonly argsJson: string;
  readonly kwargsJson: string;
}

/** A parameter, and what the call gives for it; null: nothing, so that its default counts. */
export interface CallField {
  readonly parameter: CallParameter;
  readonly json: string | null;
}

interface Split {
  readonly args: string[];
  readonly kwargs: Map<string, string>;
}

/** One field for each parameter of the task. */
export const fieldsOf = (parameters: readonly CallParameter[], sides: Sides): readonly CallField[] => {
  const { args, kwargs } = split(sides);
  const places = placesOf(parameters);
  return parameters.map((parameter) => {
    const { kind, name } = parameter;
    if (kind === 'rest') {
      const rest = args.slice(places.length);
      return { parameter, json: rest.length === 0 ? null : `[${rest.join(', ')}]` };
    }
    if (kind === 'keywords') {
      const others = [...kwargs].filter(([key]) => !parameters.some((each) => isNamed(each, key)));
      return { parameter, json: others.length === 0 ? null : objectOf(others) };
    }
    const place = places.findIndex((each) => each.name === name);
    return { parameter, json: (place < 0 ? undefined : args[place]) ?? kwargs.get(name) ?? null };
  });
};

/** The call with another value for a parameter, null for its default. What was given by position stays so where that is possible. */
export const withField = (
  parameters: readonly CallParameter[],
  sides: Sides,
  name: string,
  json: string | null,
): Sides => {
  const { args, kwargs } = split(sides);
  const places = placesOf(parameters);
  const place = places.findIndex((each) => each.name === name);
  const kind = parameters.find((each) => each.name === name)?.kind;
  if (kind === 'rest') giveRest(args, kwargs, places, json);
  else if (kind === 'keywords') giveKeywords(kwargs, parameters, json);
  else if (place >= 0 && place < args.length) changePlace(args, kwargs, places, place, json);
  else if (json === null) kwargs.delete(name);
  else if (kind === 'positional' && place === args.length) args.push(json);
  else kwargs.set(name, json);
  return { argsJson: `[${args.join(', ')}]`, kwargsJson: objectOf([...kwargs]) };
};

/** What stands behind a place that falls back to its default is given by name from now on. */
const changePlace = (
  args: string[],
  kwargs: Map<string, string>,
  places: readonly CallParameter[],
  place: number,
  json: string | null,
): void => {
  if (json !== null) {
    args[place] = json;
    return;
  }
  const behind = places.slice(place + 1, args.length);
  if (args.length > places.length || behind.some(({ kind }) => kind === 'positional')) return;
  const [, ...values] = args.splice(place);
  for (const [at, value] of values.entries()) kwargs.set(behind[at]?.name ?? '', value);
};

/** All places before them have to be given by position. */
const giveRest = (
  args: string[],
  kwargs: Map<string, string>,
  places: readonly CallParameter[],
  json: string | null,
): void => {
  args.splice(places.length);
  const items = json === null ? [] : itemsOf(json);
  if (items.length === 0) return;
  for (const { name } of places.slice(args.length)) {
    const value = kwargs.get(name);
    if (value === undefined) return;
    kwargs.delete(name);
    args.push(value);
  }
  args.push(...items);
};

const giveKeywords = (kwargs: Map<string, string>, parameters: readonly CallParameter[], json: string | null): void => {
  for (const key of [...kwargs.keys()]) if (!parameters.some((each) => isNamed(each, key))) kwargs.delete(key);
  for (const [key, value] of json === null ? [] : membersOf(json)) kwargs.set(key, value);
};

const placesOf = (parameters: readonly CallParameter[]): readonly CallParameter[] =>
  parameters.filter(({ kind }) => kind === 'positional' || kind === 'regular');

const isNamed = ({ kind, name }: CallParameter, key: string): boolean =>
  name === key && (kind === 'regular' || kind === 'keyword');

const split = ({ argsJson, kwargsJson }: Sides): Split => ({
  args: itemsOf(argsJson),
  kwargs: new Map(membersOf(kwargsJson)),
});

const itemsOf = (json: string): string[] => {
  const read = readLiteral(json);
  return 'value' in read ? read.value.items.map((item) => item.json) : [];
};

const membersOf = (json: string): (readonly [string, string])[] => {
  const read = readLiteral(json);
  return 'value' in read ? [...read.value.members].map(([key, value]) => [key, value.json] as const) : [];
};

const objectOf = (members: readonly (readonly [string, string])[]): string =>
  `{${members.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')}}`;

/** What is typed for a parameter, as JSON; a bare text is a string where the parameter takes one. */
export const readFieldValue = (
  text: string,
  { kind, annotation }: Pick<CallParameter, 'kind' | 'annotation'>,
): { readonly json: string } | { readonly problem: string } => {
  const bare = kind === 'rest' ? 'array' : kind === 'keywords' ? 'object' : null;
  const read = readLiteral(text, bare);
  if ('value' in read) {
    if (bare === 'array' && read.value.kind !== 'array') return { json: `[${read.value.json}]` };
    return { json: read.value.json };
  }
  if (bare === null && /\bstr\b/.test(annotation ?? '')) return { json: JSON.stringify(text) };
  return { problem: read.defect.what };
};
