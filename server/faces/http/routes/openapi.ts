import schemas from '../../../api/answerSchemas.json' with { type: 'json' };
import { json } from '../answer.ts';
import type { BodyField, Described, Parameter, Route } from '../route.ts';

export const openapi: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'This description',
    tag: 'api',
    parameters: [],
    answers: { 200: { what: 'An OpenAPI 3.1 document.', type: 'application/json' } },
    isOpen: true,
    handle: ({ served }) => json(describe(served.routes, served.version)),
  },
];

/** OpenAPI 3.1, made from the table that also serves the requests. */
const describe = (routes: readonly Route[], version: string): object => {
  const paths: Record<string, Record<string, unknown>> = {};
  // What pages ask is between them and this server, and may change with both.
  for (const route of routes.filter(({ tag }) => tag !== 'page')) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'celeriac',
      version,
      description: 'Health, metrics, workers, queues and tasks of one Celery cluster.',
    },
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { ...schemas, Problem: problemSchema },
    },
  };
};

const problemSchema = {
  type: 'object',
  description: 'RFC 9457',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'error code for programs' },
    detail: { type: 'string', description: 'error message' },
  },
  required: ['title', 'status', 'detail'],
};

const operationOf = ({
  method,
  path,
  summary,
  tag,
  parameters,
  body,
  answers,
  isOpen,
  asksCluster,
  pace,
}: Route): unknown => ({
  operationId: `${method.toLowerCase()}${path.replaceAll(/[^a-zA-Z]+(\w)?/g, (_all, next: string | undefined) => next?.toUpperCase() ?? '')}`,
  summary,
  tags: [tag],
  ...(isOpen ? { security: [] } : { security: [{ token: [] }, {}] }),
  ...(parameters.length > 0 ? { parameters: parameters.map(parameterOf) } : {}),
  ...(body ? { requestBody: { content: { 'application/json': { schema: bodySchema(body) } } } } : {}),
  responses: {
    ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseOf(status, answer)])),
    ...(asksCluster || pace ? { 429: { description: 'Too many requests; see `Retry-After`.', content: problem } } : {}),
    default: { description: 'Error.', content: problem },
  },
});

const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

const responseOf = (status: string, answer: string | Described): unknown => {
  if (typeof answer === 'string')
    return { description: answer, ...(Number(status) >= 400 ? { content: problem } : {}) };
  const content =
    'body' in answer
      ? { 'application/json': { schema: { $ref: `#/components/schemas/${answer.body}` } } }
      : { [answer.type]: { schema: answer.type === 'application/json' ? {} : { type: 'string' } } };
  return { description: answer.what, content };
};

const parameterOf = (parameter: Parameter): unknown => ({
  name: parameter.name,
  in: parameter.in,
  description: parameter.what,
  required: parameter.in === 'path' || parameter.isRequired === true,
  schema: schemaOf(parameter),
});

const schemaOf = ({ kind, choices, least, most }: Parameter): unknown => {
  if (kind === 'integer') return { type: 'integer', minimum: least, maximum: most };
  if (kind === 'time')
    return {
      anyOf: [
        { type: 'string', format: 'date-time' },
        { type: 'integer', minimum: 0 },
      ],
    };
  const item = { type: 'string', ...(choices ? { enum: choices } : {}) };
  return kind === 'texts' ? { type: 'array', items: item } : item;
};

const bodySchema = (fields: readonly BodyField[]): unknown => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(fields.map(({ name, kind, what }) => [name, { ...types[kind], description: what }])),
  required: fields.filter(({ isRequired }) => isRequired).map(({ name }) => name),
});

const types: Readonly<Record<BodyField['kind'], object>> = {
  text: { type: 'string' },
  texts: { type: 'array', items: { type: 'string' } },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  array: { type: 'array' },
  object: { type: 'object' },
};
