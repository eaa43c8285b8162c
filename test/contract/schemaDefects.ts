import { isRecord } from '../../server/celery/isRecord.ts';

type Schema = Readonly<Record<string, unknown>>;

/** What a value has that its JSON Schema does not tell, or the other way round; only the words that ours use are known. */
export const schemaDefects = (value: unknown, schema: Schema, named: Readonly<Record<string, Schema>>): string[] => {
  const check = (each: unknown, by: Schema, at: string): string[] => {
    const reference = by['$ref'];
    if (typeof reference === 'string') {
      const target = named[reference.split('/').at(-1) ?? ''];
      return target ? check(each, target, at) : [`${at}: there is no ${reference}`];
    }
    if (Array.isArray(by['anyOf'])) {
      const tried = by['anyOf'].map((one) => check(each, one, at));
      return tried.some(({ length }) => length === 0) ? [] : (tried.sort((a, b) => a.length - b.length)[0] ?? []);
    }
    if ('const' in by) return each === by['const'] ? [] : [`${at} is not ${by['const']}`];
    const kinds = [by['type']].flat().map((kind) => (kind === 'integer' ? 'number' : kind));
    if (kinds[0] !== undefined && !kinds.includes(kindOf(each)))
      return [`${at} is ${kindOf(each)}, not ${kinds.join(' or ')}`];
    if (Array.isArray(by['enum']) && !by['enum'].includes(each))
      return [`${at} is ${String(each)}, none of ${by['enum']}`];
    if (Array.isArray(each))
      return each.flatMap((item, index) => check(item, asSchema(by['items']), `${at}[${index}]`));
    return isRecord(each) && by['type'] === 'object' ? checkObject(each, by, at) : [];
  };
  const checkObject = (each: Readonly<Record<string, unknown>>, by: Schema, at: string): string[] => {
    const properties = asSchema(by['properties']);
    const required = Array.isArray(by['required']) ? by['required'] : [];
    return [
      ...required.filter((name) => !(name in each)).map((name) => `${at}.${name} is missing`),
      ...Object.entries(each).flatMap(([name, inner]) => {
        const own = properties[name] ?? by['additionalProperties'];
        return own === undefined ? [`${at}.${name} is not described`] : check(inner, asSchema(own), `${at}.${name}`);
      }),
    ];
  };
  return check(value, schema, 'it');
};

const asSchema = (value: unknown): Readonly<Record<string, Schema>> =>
  isRecord(value) ? (value as Record<string, Schema>) : {};

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
