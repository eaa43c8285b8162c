import { isRecord } from '../../../celery/isRecord.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The first way in which a value does not fit its JSON Schema, in the words that ours use; null: it fits. What the schema
 * does not name may be there: a newer server says more.
 */
export const schemaDefect = (value: unknown, name: string, named: Readonly<Record<string, Schema>>): string | null => {
  const check = (each: unknown, by: Schema, at: string): string | null => {
    const { $ref: reference, anyOf, items, type } = by;
    if (typeof reference === 'string') return check(each, named[reference.split('/').at(-1) ?? ''] ?? {}, at);
    if (Array.isArray(anyOf)) {
      const defects = anyOf.map((one) => check(each, asSchema(one), at));
      return defects.includes(null) ? null : (defects[0] ?? null);
    }
    if ('const' in by) return each === by['const'] ? null : `${at} is another value`;
    const kinds: readonly unknown[] = [type].flat().map((kind) => (kind === 'integer' ? 'number' : kind));
    if (kinds[0] !== undefined && !kinds.includes(kindOf(each))) return `${at} is ${kindOf(each)}`;
    if (Array.isArray(by['enum'])) return by['enum'].includes(each) ? null : `${at} is another value`;
    if (Array.isArray(each))
      return first(each.keys(), (index) => check(each[index], asSchema(items), `${at}[${index}]`));
    return isRecord(each) && type === 'object' ? checkObject(each, by, at) : null;
  };
  const checkObject = (each: Schema, by: Schema, at: string): string | null => {
    const properties = asSchema(by['properties']);
    const required: readonly unknown[] = Array.isArray(by['required']) ? by['required'] : [];
    const missing = required.find((key) => typeof key === 'string' && !Object.hasOwn(each, key));
    if (missing !== undefined) return `${at}.${String(missing)} is missing`;
    return first(Object.keys(each), (key) => {
      const own = Object.hasOwn(properties, key) ? properties[key] : by['additionalProperties'];
      return own === undefined ? null : check(each[key], asSchema(own), `${at}.${key}`);
    });
  };
  return check(value, named[name] ?? {}, name);
};

const first = <T>(items: Iterable<T>, defectOf: (item: T) => string | null): string | null => {
  for (const item of items) {
    const defect = defectOf(item);
    if (defect !== null) return defect;
  }
  return null;
};

const asSchema = (value: unknown): Schema => (isRecord(value) ? value : {});

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
