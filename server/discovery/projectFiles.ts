import type { ComposeService } from './composeFile.ts';
import type { Variable } from './envFile.ts';
import type { PythonFacts } from './pythonFacts.ts';

interface At<T> {
  /** Absolute. */
  readonly file: string;
  readonly has: T;
}

/** What the files of a project say, each read on its own. */
export interface ProjectFiles {
  /** The folder that all of it is in. */
  readonly root: string;
  readonly environments: readonly At<readonly Variable[]>[];
  readonly composes: readonly At<readonly ComposeService[]>[];
  readonly pythons: readonly At<PythonFacts>[];
  /** Settings that stand by name in TOML and INI files. */
  readonly named: readonly At<readonly Variable[]>[];
  readonly process: Readonly<Record<string, string | undefined>>;
}
