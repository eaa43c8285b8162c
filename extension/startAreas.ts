import { CeleriacError } from '../server/api/errors.ts';
import type { CommandHandlers } from './commands/register.ts';
import { type CommandName, commandNames } from './commands/table.ts';
import type { Area, Parts } from './parts.ts';

type Start = (parts: Parts) => Area;
type CommandsOf<S> = S extends (parts: Parts) => { readonly commands: infer C } ? keyof C : never;

/** The commands that more than one area brings, and those that none brings. */
type BroughtTwice<S extends readonly Start[]> = S extends readonly [infer First, ...infer Rest extends readonly Start[]]
  ? Extract<CommandsOf<First>, CommandsOf<Rest[number]>> | BroughtTwice<Rest>
  : never;
type Forgotten<S extends readonly Start[]> = Exclude<keyof CommandHandlers, CommandsOf<S[number]>>;
type EachCommandOnce<S extends readonly Start[]> = [BroughtTwice<S> | Forgotten<S>] extends [never] ? unknown : never;

interface Started {
  readonly commands: CommandHandlers;
  dispose(): void;
}

/**
 * Starts the areas that show or watch something, and the others when a command is called that none of the first brings. A
 * command that two areas bring, or none, does not compile. Disposes in reverse.
 */
export const startAreas = <const S extends readonly Start[], const L extends readonly Start[]>(
  parts: Parts,
  first: S & EachCommandOnce<readonly [...S, ...L]>,
  loadLate: () => Promise<L>,
): Started => {
  const early = startAll(first, parts);
  let late: Promise<StartedAreas> | null = null;
  let isOver = false;
  const loaded = async (): Promise<StartedAreas> => {
    const areas = await loadLate();
    if (isOver) throw new CeleriacError('cancelled', 'The window closes.');
    return startAll(areas, parts);
  };
  const later = (name: CommandName) => async (target: unknown) => {
    late ??= loaded();
    const { commands } = await late;
    // One name leads to a handler and a target that fit each other, which the compiler does not see.
    await (commands[name] as ((target: unknown) => Promise<void>) | undefined)?.(target);
  };
  const missing = commandNames.filter((name) => !Object.hasOwn(early.commands, name));
  const commands = { ...Object.fromEntries(missing.map((name) => [name, later(name)])), ...early.commands };
  return {
    commands: commands as CommandHandlers,
    dispose: () => {
      isOver = true;
      late?.then((areas) => areas.dispose()).catch(() => undefined);
      early.dispose();
    },
  };
};

interface StartedAreas {
  readonly commands: Partial<CommandHandlers>;
  dispose(): void;
}

const startAll = (areas: readonly Start[], parts: Parts): StartedAreas => {
  const started: Area[] = [];
  const dispose = (): void => {
    for (const area of started.splice(0).reverse()) area.dispose();
  };
  try {
    for (const start of areas) started.push(start(parts));
  } catch (error) {
    dispose();
    throw error;
  }
  return { commands: Object.assign({}, ...started.map(({ commands }) => commands)), dispose };
};
