import type { CommandHandlers } from './commands/register.ts';
import type { Area, Parts } from './parts.ts';

type Start = (parts: Parts) => Area;
type CommandsOf<S> = S extends (parts: Parts) => { readonly commands: infer C } ? keyof C : never;

/** The commands that more than one area brings, and those that none brings. */
type BroughtTwice<S extends readonly Start[]> = S extends readonly [infer First, ...infer Rest extends readonly Start[]]
  ? Extract<CommandsOf<First>, CommandsOf<Rest[number]>> | BroughtTwice<Rest>
  : never;
type Forgotten<S extends readonly Start[]> = Exclude<keyof CommandHandlers, CommandsOf<S[number]>>;
type EachCommandOnce<S extends readonly Start[]> = [BroughtTwice<S> | Forgotten<S>] extends [never] ? S : never;

interface Started {
  readonly commands: CommandHandlers;
  dispose(): void;
}

/** Starts all areas and merges their commands; a command that two areas bring, or none, does not compile. Disposes in reverse. */
export const startAreas = <const S extends readonly Start[]>(parts: Parts, areas: EachCommandOnce<S>): Started => {
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
