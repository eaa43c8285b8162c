import type { BrokerSource, UnclearBroker } from '../api/discovery.ts';
import type { Expression } from '../language/pythonExpression.ts';
import { brokerUrlOf, type Candidate, resultBackendOf, whyNot } from './candidate.ts';
import type { Environment } from './environments.ts';
import { evaluate, type Value } from './evaluate.ts';
import { discoveryLimits } from './limits.ts';
import type { ProjectFiles } from './projectFiles.ts';
import type { NamedValue, PythonFacts } from './pythonFacts.ts';
import { PythonNames } from './pythonScope.ts';
import { isBrokerUrl, type Role, roleOf } from './roles.ts';

interface PythonBrokers {
  readonly candidates: readonly Candidate[];
  readonly unclear: readonly UnclearBroker[];
}

/** The brokers that the project's Python names, under each environment that it may run in. */
export const pythonBrokers = (project: ProjectFiles, environments: readonly Environment[]): PythonBrokers => {
  const names = new PythonNames(project);
  const candidates: Candidate[] = [];
  const unclear: UnclearBroker[] = [];
  for (const { file, has } of project.pythons) {
    for (const broker of has.values.filter((each) => roleIn(each) === 'broker')) {
      if (candidates.length + unclear.length >= discoveryLimits.brokers) return { candidates, unclear };
      const source: BrokerSource = { file, line: broker.line, what: whatIs(broker) };
      const found = environments.flatMap((environment) => readOne(names, file, has, broker, source, environment));
      const usable = found.flatMap((each) => ('url' in each ? [each] : []));
      candidates.push(...usable);
      if (usable.length === 0 && !/\btests?\b/.test(file.slice(project.root.length)))
        unclear.push(...whyUnclear(source, broker.value, found));
    }
  }
  return { candidates, unclear };
};

type Reading = Candidate | { readonly problem: string };

const readOne = (
  names: PythonNames,
  file: string,
  facts: PythonFacts,
  broker: NamedValue,
  source: BrokerSource,
  environment: Environment,
): Reading[] => {
  const [urls, parts]: [BrokerSource[], BrokerSource[]] = [[], []];
  const scope = names.scope(file, (variable) => {
    const found = environment.variables.get(variable);
    if (found) (isBrokerUrl(found.value) ? urls : parts).push(found.source);
    return found?.value;
  });
  const value = evaluate(broker.value, scope);
  const url = brokerUrlOf(value);
  if (url === null) {
    const problem = whyNot(value);
    return problem === null ? [] : [{ problem }];
  }
  const sources = [...urls, source, ...parts];
  const of = (role: Role): Value | undefined =>
    facts.values
      .filter((each) => roleIn(each) === role)
      .map((each) => evaluate(each.value, scope))
      .find((each) => each !== undefined && each !== null);
  const options = of('transportOptions');
  const isDictionary = typeof options === 'object' && !Array.isArray(options);
  return [
    {
      url,
      resultBackend: resultBackendOf(of('result')),
      transportOptions: isDictionary ? (options as Readonly<Record<string, Value>>) : {},
      sources,
      certainty: 'settings',
    },
  ];
};

const roleIn = ({ name, argumentOf }: NamedValue): Role | null => {
  if (argumentOf !== null && /Celery$/.test(argumentOf)) {
    if (name === 'broker') return 'broker';
    if (name === 'backend') return 'result';
  }
  return roleOf(name);
};

const whatIs = ({ name, argumentOf }: NamedValue): string =>
  argumentOf === null || argumentOf === 'dict' ? name : `${argumentOf}(${name}=…)`;

const whyUnclear = (source: BrokerSource, value: Expression, found: readonly Reading[]): UnclearBroker[] => {
  const problem = found.flatMap((each) => ('problem' in each ? [each.problem] : []))[0];
  if (problem) return [{ source, sentence: problem }];
  if (value.kind === 'environment')
    return [{ source, sentence: `Its value comes from the variable ${value.variable}, which is not set here.` }];
  const isMere = value.kind === 'name' || value.kind === 'literal';
  return isMere ? [] : [{ source, sentence: 'Its value is only known at runtime.' }];
};
