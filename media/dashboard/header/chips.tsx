import { t } from '@vscode/l10n';
import { type DashboardFilter, type FilterKind, filterKinds } from '../../../server/api/dashboard.ts';
import { wordOfKind } from '../view.ts';

interface ChipsProps {
  readonly filter: DashboardFilter | null;
  readonly onRemove: (kind: FilterKind, name: string) => void;
  readonly onClear: () => void;
}

/** What the page is filtered by: each name can be taken away by itself. Names of one kind add up, kinds narrow down. */
export const Chips = ({ filter, onRemove, onClear }: ChipsProps) => {
  const chips = filterKinds.flatMap((kind) => (filter?.[kind] ?? []).map((name) => ({ kind, name })));
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label={t('Filter')}>
      {chips.map(({ kind, name }) => (
        <li key={`${kind} ${name}`} class="chip">
          <span class="kind">{t('{0}:', wordOfKind(kind))}</span> <span class="name">{name}</span>
          <button
            type="button"
            class="quiet"
            title={t('Remove {0} from the filter', name)}
            aria-label={t('Remove {0} from the filter', name)}
            onClick={() => onRemove(kind, name)}
          >
            ✕
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <button type="button" class="quiet" onClick={onClear}>
            {t('Clear Filters')}
          </button>
        </li>
      )}
    </ul>
  );
};
