import { CeleriacError } from '../api/errors.ts';
import { maskBrokerUrl } from '../brokers/url.ts';

const readable =
  'Celeriac reads results from Redis (redis://, rediss://, redis+socket://, sentinel://), a folder (file://) and SQLite files (db+sqlite:///, django-db+sqlite:///).';

/** celery/app/backends.py: BACKEND_ALIASES, and what is known beside them, by the name people know it by. */
const products: Readonly<Record<string, string>> = {
  memcached: 'Memcached',
  memcache: 'Memcached',
  pylibmc: 'Memcached',
  postgresql: 'PostgreSQL',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  oracle: 'Oracle',
  mssql: 'SQL Server',
  mongodb: 'MongoDB',
  elasticsearch: 'Elasticsearch',
  cassandra: 'Cassandra',
  couchbase: 'Couchbase',
  couchdb: 'CouchDB',
  cosmosdbsql: 'Azure Cosmos DB',
  riak: 'Riak',
  consul: 'Consul',
  dynamodb: 'DynamoDB',
  azureblockblob: 'Azure Block Blob',
  arangodb: 'ArangoDB',
  s3: 'Amazon S3',
  gs: 'Google Cloud Storage',
};

/** Why a result backend cannot be read from here, and what to do. */
export const unsupportedBackend = (url: string): CeleriacError => new CeleriacError(codeOf(url), sentenceFor(url));

const codeOf = (url: string): 'badRequest' | 'unsupported' =>
  url.trim() === '' || /^(?:redis|sentinel|file)(?::?\/?\/?)$/i.test(url.trim()) ? 'badRequest' : 'unsupported';

const sentenceFor = (url: string): string => {
  const text = url.trim();
  const scheme = (text.split('://')[0] ?? '').toLowerCase();
  const [outer = '', inner] = scheme.split('+');
  if (text === '') return `The result backend URL is empty. ${readable}`;
  if (outer === 'rpc' || outer === 'amqp') {
    return `Results with ${outer}:// are sent to the process that called the task, and nothing else can read them. To see results here, set result_backend, for example to redis://host:6379/0.`;
  }
  if (outer === 'disabled') return 'This app keeps no results: it has no result_backend. Set one to see results here.';
  if (outer === 'django-db' || scheme.startsWith('django_celery_results')) return djangoSentence(inner);
  if (outer === 'django-cache' || (outer === 'cache' && !inner?.includes('memcache') && inner !== 'pylibmc')) {
    return `The ${outer} result backend keeps results in a cache that Celeriac cannot reach. ${readable}`;
  }
  const known = productOf(inner ?? outer) ?? productOf(outer);
  if (known) return `Celeriac cannot read results from ${known}. ${readable}`;
  if (!text.includes('://')) return `"${text}" is not a result backend URL. ${readable}`;
  return `"${maskBrokerUrl(text)}" is not a known result backend. ${readable}`;
};

const productOf = (name: string): string | null => (Object.hasOwn(products, name) ? (products[name] ?? null) : null);

const djangoSentence = (inner: string | undefined): string => {
  const known = inner === undefined ? null : (productOf(inner) ?? inner);
  if (known !== null) return `Celeriac cannot read Django's results from ${known}. ${readable}`;
  return "django-db does not include the location of Django's database. If it is an SQLite file, use django-db+sqlite:////path/to/db.sqlite3. Other databases are not supported.";
};
