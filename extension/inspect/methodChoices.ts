import { t } from '@vscode/l10n';
import type { InspectMethod } from '../../server/api/inspect.ts';

/** One thing that workers can be asked; the heading of a group has no method. */
export interface MethodChoice {
  readonly label: string;
  readonly description?: string;
  readonly isSeparator?: boolean;
  readonly method: InspectMethod | null;
  /** Whether it has parameters that can be left as they are. */
  readonly hasOptions: boolean;
}

/** Everything there is to ask, in groups; what is asked most comes first. */
export const methodChoices = (methods: readonly InspectMethod[]): readonly MethodChoice[] => {
  const known = groups().flatMap((group) => group.methods);
  const others = methods.map(({ method }) => method).filter((method) => !known.includes(method));
  return groups().flatMap(({ title, methods: names, isLast }) => {
    const found = [...names, ...(isLast ? others : [])].flatMap(
      (name) => methods.find(({ method }) => method === name) ?? [],
    );
    return found.length === 0 ? [] : [heading(title), ...found.map(choiceOf)];
  });
};

interface MethodGroup {
  readonly title: string;
  readonly methods: readonly string[];
  readonly isLast?: true;
}

const groups = (): readonly MethodGroup[] => [
  { title: t('Tasks'), methods: ['active', 'reserved', 'scheduled', 'registered', 'revoked', 'query_task'] },
  { title: t('Workers'), methods: ['stats', 'active_queues', 'ping', 'conf', 'report', 'clock'] },
  { title: t('Memory'), methods: ['memsample', 'memdump', 'objgraph'], isLast: true },
];

const heading = (label: string): MethodChoice => ({ label, isSeparator: true, method: null, hasOptions: false });

const choiceOf = (method: InspectMethod): MethodChoice => ({
  label: method.help,
  description: method.method,
  method,
  hasOptions: method.arguments.some(({ isRequired }) => !isRequired),
});
