import type { IncomingMessage } from 'node:http';
import { CeleriacError } from '../../api/errors.ts';
import { isRecord } from '../../celery/isRecord.ts';
import { depthLimit } from '../../celery/jsonBounds.ts';
import { readJson } from '../../celery/parseJson.ts';
import { latestTime } from '../../requests/schemas.ts';
import { problem } from './answer.ts';
import { RefusedRequest } from './refusedRequest.ts';
import type { BodyField, Parameter } from './route.ts';

type Value = string | readonly string[] | number;

/** The parameters of a route from a path and a query; whatever is not among them is refused, so that a typo is noticed. */
export const readParameters = (
  parameters: readonly Parameter[],
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): ReadonlyMap<string, Value> => {
  const known = new Set(parameters.filter((each) => each.in === 'query').map(({ name }) => name));
  const unknown = [...query.keys()].find((name) => !known.has(name));
  if (unknown !== undefined)
    throw bad(`Unknown parameter "${unknown}".${known.size > 0 ? ` Known parameters: ${[...known].join(', ')}.` : ''}`);
  const values = new Map<string, Value>();
  for (const parameter of parameters) {
    const given = parameter.in === 'path' ? [path[parameter.name] ?? ''] : query.getAll(parameter.name);
    if (given.length > 0) values.set(parameter.name, readValue(parameter, given));
    else if (parameter.isRequired) throw bad(`The parameter "${parameter.name}" is missing: ${parameter.what}.`);
  }
  return values;
};

const readValue = (parameter: Parameter, given: readonly string[]): Value => {
  const { name, kind, choices, least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER } = parameter;
  const wrong = choices && given.find((text) => !choices.includes(text));
  if (wrong !== undefined) throw bad(`"${name}" must be one of ${choices?.join(', ')}, not "${wrong}".`);
  if (kind === 'texts') return given;
  const [text = ''] = given;
  if (given.length > 1) throw bad(`"${name}" was given more than once.`);
  if (kind === 'text') return text;
  if (kind === 'time') return readTime(name, text);
  const number = Number(text);
  if (/^-?\d+$/.test(text) && number >= least && number <= most) return number;
  throw bad(`"${name}" must be an integer from ${least} to ${most}, not "${text}".`);
};

const readTime = (name: string, text: string): number => {
  if (/^\d+$/.test(text) && Number(text) <= latestTime) return Number(text);
  // A "+" that was not escaped reaches us as a blank.
  const moment = text.replace(' ', '+');
  const ms = Date.parse(moment);
  if (/(Z|[+-]\d\d:?\d\d)$/.test(moment) && !Number.isNaN(ms)) return ms;
  throw bad(
    `"${name}" must be a time with an offset, such as 2030-01-31T09:00:00Z, or milliseconds since 1970, not "${text}".`,
  );
};

const bodyLimit = 1024 * 1024;
/** Of a longer body this much is read and thrown away, so that the connection can go on. */
const discardLimit = 8 * bodyLimit;

export const readBody = async (
  message: IncomingMessage,
  fields: readonly BodyField[],
): Promise<Readonly<Record<string, unknown>>> => {
  if (!/^application\/json\b/i.test(message.headers['content-type'] ?? ''))
    throw bad('The body must be JSON with the header "Content-Type: application/json".');
  const read = readJson((await readAll(message)) || '{}');
  if ('defect' in read && read.defect === 'nested too deeply')
    throw bad(`The body is nested more than ${depthLimit} levels deep.`);
  const parsed = 'value' in read ? read.value : undefined;
  if (!isRecord(parsed)) throw bad('The body must be a JSON object.');
  for (const name of Object.keys(parsed))
    if (!fields.some((field) => field.name === name))
      throw bad(`Unknown field "${name}". Known fields: ${fields.map((field) => field.name).join(', ')}.`);
  for (const field of fields) {
    const value = parsed[field.name];
    if (value === undefined && field.isRequired) throw bad(`The field "${field.name}" is missing: ${field.what}.`);
    if (value !== undefined && !fits[field.kind](value))
      throw bad(`The field "${field.name}" is not ${words[field.kind]}.`);
  }
  return parsed;
};

const readAll = (message: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (headers: Readonly<Record<string, string>> = {}): void =>
      reject(new RefusedRequest(problem(413, 'longBody', 'The body is larger than 1 MB.', headers)));
    if (Number(message.headers['content-length'] ?? 0) > discardLimit) {
      refuse({ connection: 'close' });
      return;
    }
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bodyLimit) chunks.push(chunk);
      else chunks.length = 0;
      if (size > discardLimit) refuse({ connection: 'close' });
    });
    message.on('end', () => {
      if (size > bodyLimit) refuse();
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
    message.on('error', () => reject(bad('The body is incomplete.')));
  });

const isText = (value: unknown): value is string => typeof value === 'string';

const fits: Readonly<Record<BodyField['kind'], (value: unknown) => boolean>> = {
  text: isText,
  texts: (value) => Array.isArray(value) && value.every(isText),
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isRecord,
};

const words: Readonly<Record<BodyField['kind'], string>> = {
  text: 'a string',
  texts: 'a list of strings',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const bad = (sentence: string): CeleriacError => new CeleriacError('badRequest', sentence);
