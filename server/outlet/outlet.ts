import { redact } from '../api/redact.ts';
import { mask } from '../api/redaction.ts';
import { makeRedactor, type Redactor } from '../api/redactor.ts';
import { maskSecrets } from '../celery/maskSecrets.ts';
import { foreignFields, plainEventFields, plainFields } from './fields.ts';
import type { Shown } from './shown.ts';
import { TextMemory } from './textMemory.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The one way out of the engine. Every face, stream, exporter and log hands over what it is about to write, and writes what
 * it gets back: the same shape with the secrets covered.
 */
export interface Outlet {
  /** For those who change the shape of a value before it leaves, and have to cover it while its names stand beside it. */
  readonly redactor: Redactor;
  /** An answer, a notification or a document in the contract's own names. */
  answer<T>(value: T): Shown<T>;
  /** A member of an answer under its name, for those who write a long answer a little at a time. */
  member<T>(name: string, value: T): Shown<T>;
  /** An event as a worker sent it, with fields of its own making. */
  event<T extends Fields>(event: T): Shown<T>;
  /** One sentence, such as that of an error or of the log. */
  sentence(text: string): string;
  /** From now on this secret is left out of every sentence, whatever stands around it. */
  hide(secret: string): void;
}

export const makeOutlet = (patterns: readonly string[]): Outlet => {
  const redactor = makeRedactor(patterns);
  const known = new Set<string>();
  const texts = new TextMemory((text) => redactor.text(text));
  const named = (name: string, value: unknown): unknown => (redactor.value({ [name]: value }) as Fields)[name];
  const secretNames = new TextMemory((name) => (named(name, '?') === '?' ? '' : mask));

  const text = (name: string, value: string): string => {
    if (name === 'traceback') return redactor.traceback(value);
    return value === '' ? value : secretNames.of(name) || texts.of(value);
  };

  const field = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return value;
    // Only replies of workers are called so. They may tell of settings, which have names that no task's arguments have.
    if (name === 'value') return redactor.value(maskSecrets(value));
    if (typeof value === 'string') return plainFields.has(name) ? value : text(name, value);
    if (foreignFields.has(name)) return named(name, value);
    return Array.isArray(value) ? coverItems(name, value, field) : coverFields(value as Fields, field);
  };

  const eventField = (name: string, value: unknown): unknown => {
    if (plainEventFields.has(name)) return value;
    return name === 'traceback' && typeof value === 'string' ? redactor.traceback(value) : named(name, value);
  };

  return {
    redactor,
    answer: <T>(value: T) => field('', value) as Shown<T>,
    member: <T>(name: string, value: T) => field(name, value) as Shown<T>,
    event: <T extends Fields>(event: T) => coverFields(event, eventField) as Shown<T>,
    sentence: (sentence) => redact(texts.of(sentence), known),
    hide: (secret) => void known.add(secret),
  };
};

type CoverField = (name: string, value: unknown) => unknown;

/** The same object where nothing in it had to be covered: most of what is shown holds no secret. */
const coverFields = (from: Fields, cover: CoverField): Fields => {
  let isSame = true;
  const shown = Object.keys(from).map((name) => {
    const value = from[name];
    const each = cover(name, value);
    if (each !== value) isSame = false;
    return [name, each] as const;
  });
  return isSame ? from : Object.fromEntries(shown);
};

const coverItems = (name: string, values: readonly unknown[], cover: CoverField): readonly unknown[] => {
  let isSame = true;
  const shown = values.map((value) => {
    const each = cover(name, value);
    if (each !== value) isSame = false;
    return each;
  });
  return isSame ? values : shown;
};
