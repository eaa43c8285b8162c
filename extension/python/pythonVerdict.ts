import { t } from '@vscode/l10n';

/** What a Python has of what is needed. */
export interface ProbedPython {
  readonly command: string;
  /** `3.12`. */
  readonly version: string;
  /** Null: it is not installed there. */
  readonly celery: string | null;
  readonly debugpy: string | null;
}

/** Whether a worker can be debugged with this Python. Whoever brings debugpy along needs none there. */
export const isFit = ({ celery, debugpy }: ProbedPython, bringsDebugpy: boolean): boolean =>
  celery !== null && (debugpy !== null || bringsDebugpy);

/** Why none will do, and what to type. */
export const whyNoPython = (pythons: readonly ProbedPython[], tried: readonly string[]): string => {
  const best = pythons.find(({ celery }) => celery !== null) ?? pythons[0];
  if (!best)
    return t(
      'No Python was found ({0} were tried). Make a virtual environment for the project, or name its Python in the setting celeriac.debug.python.',
      tried.join(', '),
    );
  const { command, version, celery } = best;
  const install = `${quoted(command)} -m pip install ${celery === null ? 'celery debugpy' : 'debugpy'}`;
  return celery === null
    ? t(
        '{0} (Python {1}) has no Celery. Install what the project needs there ({2}), or name another Python in the setting celeriac.debug.python.',
        command,
        version,
        install,
      )
    : t('{0} has Celery {1}, but not debugpy. Install it: {2}', command, celery, install);
};

/** As a shell takes it. */
const quoted = (path: string): string => (/^[\w./\\:-]+$/.test(path) ? path : `"${path}"`);
