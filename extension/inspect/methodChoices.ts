import type { InspectMethod } from '../../server/api/inspect.ts';

/** One way to ask something: as it is, or with arguments that are asked for. */
export interface MethodChoice {
  readonly label: string;
  readonly description: string;
  readonly method: InspectMethod;
  readonly isAsked: boolean;
}

/** What cannot be asked without arguments is asked for them; what takes some stands there a second time, with them. */
export const methodChoices = (methods: readonly InspectMethod[]): readonly MethodChoice[] =>
  methods.flatMap((method) => {
    const needsSome = method.arguments.some(({ isRequired }) => isRequired);
    const plain = { label: method.method, description: method.help, method, isAsked: needsSome };
    if (needsSome || method.arguments.length === 0) return [plain];
    const names = method.arguments.map(({ name }) => name).join(', ');
    return [plain, { label: `${method.method}…`, description: names, method, isAsked: true }];
  });
