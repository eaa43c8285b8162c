import type { ChoiceMemory } from './activeConnection.ts';

/** `celeriac.connection.autoConnect`: what a new window connects to by itself. */
export type AutoConnect = 'lastUsed' | 'all' | 'none';

const memoryKey = 'celeriac.disconnected';

/**
 * Which connections the user wants open in this window. Kept is what was disconnected here, so that a connection that
 * comes new into the settings is opened as one would expect.
 */
export class ConnectionChoices {
  private readonly memory: ChoiceMemory;
  private readonly autoConnect: () => AutoConnect;
  private readonly said = new Map<string, boolean>();

  constructor(memory: ChoiceMemory, autoConnect: () => AutoConnect) {
    this.memory = memory;
    this.autoConnect = autoConnect;
  }

  wants(name: string): boolean {
    const said = this.said.get(name);
    if (said !== undefined) return said;
    const mode = this.autoConnect();
    return mode === 'all' || (mode === 'lastUsed' && !this.kept().includes(name));
  }

  say(name: string, wanted: boolean): void {
    this.said.set(name, wanted);
    const others = this.kept().filter((each) => each !== name);
    this.memory.update(memoryKey, wanted ? others : [...others, name]);
  }

  forget(name: string): void {
    this.said.delete(name);
    this.memory.update(
      memoryKey,
      this.kept().filter((each) => each !== name),
    );
  }

  private kept(): readonly string[] {
    return this.memory.get<readonly string[]>(memoryKey) ?? [];
  }
}
