import type { BrokerSource } from '../api/discovery.ts';
import { brokerUrlOf, type Candidate, resultBackendOf } from './candidate.ts';
import type { Environment } from './environments.ts';
import type { ProjectFiles } from './projectFiles.ts';
import { roleOf } from './roles.ts';

/** The brokers that variables name by themselves: CELERY_BROKER_URL, REDIS_URL, CLOUDAMQP_URL, whatever holds such a URL. */
export const variableBrokers = (environments: readonly Environment[]): Candidate[] =>
  environments.flatMap(({ variables }) => {
    const all = [...variables].map(([name, { value, source }]) => ({ name, value, source }));
    const result = all.find(({ name }) => roleOf(name) === 'result');
    return all.flatMap(({ name, value, source }) => {
      const isSetting = roleOf(name) === 'broker';
      const url = brokerUrlOf(value);
      return url === null || roleOf(name) === 'result'
        ? []
        : [candidate(url, source, isSetting, resultBackendOf(result?.value))];
    });
  });

/** Commands such as `celery --broker redis://… worker`, and `broker_url` in a TOML or INI file. */
export const writtenBrokers = (project: ProjectFiles): Candidate[] => [
  ...project.named.flatMap(({ file, has }) =>
    has.flatMap(({ name, value, line }) => {
      const url = roleOf(name) === 'broker' ? brokerUrlOf(value) : null;
      const result = has.find((each) => roleOf(each.name) === 'result');
      return url === null ? [] : [candidate(url, { file, line, what: name }, true, resultBackendOf(result?.value))];
    }),
  ),
  ...project.composes.flatMap(({ file, has }) =>
    has.flatMap(({ name, command }) => {
      const [, written] = /(?:-b|--broker)[ =]["']?([a-z][\w+]*:\/\/[^\s"']+)/i.exec(command?.text ?? '') ?? [];
      const url = brokerUrlOf(written);
      return url === null
        ? []
        : [candidate(url, { file, line: command?.line ?? 1, what: `command of service ${name}` }, true, null)];
    }),
  ),
];

const candidate = (url: string, source: BrokerSource, isSetting: boolean, resultBackend: string | null): Candidate => ({
  url,
  resultBackend,
  transportOptions: {},
  sources: [source],
  certainty: isSetting ? 'settings' : 'likely',
});
