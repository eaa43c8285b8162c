import { t } from '@vscode/l10n';
import type { Python } from './probePython.ts';

/** Whether a worker can be debugged with this Python. Where an extension brings debugpy, none is needed there. */
export const isFit = ({ celery, debugpy }: Python, bringsDebugpy: boolean): boolean =>
  celery !== null && (debugpy !== null || bringsDebugpy);

export interface PythonProblem {
  readonly sentence: string;
  /** What a shell runs to install what is missing; null: there is no Python to install it into. */
  readonly install: string | null;
}

/** Why none will do. */
export const whyNoPython = (pythons: readonly Python[], tried: readonly string[]): PythonProblem => {
  const best = pythons.find(({ celery }) => celery !== null) ?? pythons[0];
  if (!best) return { sentence: t('No Python found (tried {0}).', tried.join(', ')), install: null };
  const { command, version, celery } = best;
  const install = `${quoted(command)} -m pip install ${celery === null ? 'celery debugpy' : 'debugpy'}`;
  return celery === null
    ? { sentence: t("Celery isn't installed in {0} ({1}).", command, version), install }
    : { sentence: t("debugpy isn't installed in {0} (Celery {1}).", command, celery), install };
};

/** As a shell takes it. */
const quoted = (path: string): string => (/^[\w./\\:-]+$/.test(path) ? path : `"${path}"`);
