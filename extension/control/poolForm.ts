import { t } from '@vscode/l10n';
import type { Values } from './fillForm.ts';
import type { WorkerFacts } from './workerFacts.ts';

interface PoolForm {
  readonly title: string;
  readonly prompt?: string;
  readonly prefilled: Values;
}

/** Says how large the pools are now, and proposes the smallest step. */
export const poolForm = (method: string, workers: readonly WorkerFacts[]): PoolForm => {
  const sizes = workers.map(({ poolSize }) => poolSize);
  const [only, ...others] = workers;
  const who = only && others.length === 0 ? only.hostname : t('{0} workers', workers.length);
  const now = nowWords(sizes);
  if (method === 'autoscale') {
    const size = sizes[0] ?? null;
    const most = size === null ? '' : String(size);
    return { title: `${t('Autoscale pool of {0}', who)}${now}`, prefilled: { max: most, min: most && '1' } };
  }
  const what = method === 'pool_grow' ? t('Grow pool of {0}', who) : t('Shrink pool of {0}', who);
  const prompt = method === 'pool_grow' ? t('Processes to add') : t('Processes to remove');
  return { title: `${what}${now}`, prompt, prefilled: { n: '1' } };
};

const nowWords = (sizes: readonly (number | null)[]): string => {
  const known = sizes.filter((size) => size !== null);
  if (known.length === 0 || known.length < sizes.length) return '';
  if (known.length === 1 && known[0] === 1) return ` ${t('(1 process now)')}`;
  return ` ${t('({0} processes now)', known.join(' + '))}`;
};
