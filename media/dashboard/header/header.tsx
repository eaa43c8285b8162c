import { t } from '@vscode/l10n';
import { type Dashboard, type FilterKind, filterKinds } from '../../../server/api/dashboard.ts';
import { Icon } from '../../page/icon.tsx';
import { clock } from '../../page/times.ts';
import { ranges, rangeWord, toggled, type View, withNames, wordOfKind } from '../view.ts';
import { Chips } from './chips.tsx';
import { Marks } from './marks.tsx';
import { Picker } from './picker.tsx';

interface HeaderProps {
  readonly view: View;
  readonly dashboard: Dashboard | null;
  readonly name: string;
  /** The connection is not open any more; what is shown is what was read last. */
  readonly isClosed: boolean;
  readonly namesOf: (kind: FilterKind) => Promise<readonly string[]>;
  readonly onView: (view: View) => void;
  readonly onRefresh: () => void;
  readonly onSwitch: () => void;
  readonly onAnother: () => void;
}

/** Which connection, which span, which part of it, and whether it moves. */
export const Header = (parts: HeaderProps) => {
  const { view, dashboard, name, isClosed, namesOf, onView, onRefresh, onSwitch, onAnother } = parts;
  return (
    <header class="top">
      <h1>
        <button type="button" class="link" title={t('Switch connection')} onClick={onSwitch}>
          {name} <Icon name="down" />
        </button>
      </h1>
      {dashboard && <Marks dashboard={dashboard} isClosed={isClosed} />}
      <span class="space" />
      {view.zoom ? (
        <button
          type="button"
          class="secondary chosen"
          title={t('Reset Zoom')}
          aria-label={t('{0}–{1}: Reset Zoom', clock(view.zoom.from), clock(view.zoom.to))}
          onClick={() => onView({ ...view, zoom: null })}
        >
          {clock(view.zoom.from)}–{clock(view.zoom.to)} ✕
        </button>
      ) : (
        <RangeChoice view={view} onView={onView} />
      )}
      {filterKinds.map((kind) => (
        <Picker
          key={kind}
          id={`pick-${kind}`}
          label={wordOfKind(kind)}
          chosen={view.filter?.[kind] ?? []}
          namesOf={() => namesOf(kind)}
          onPick={(picked) => onView(picked === null ? withNames(view, kind, []) : toggled(view, kind, picked))}
        />
      ))}
      <button
        type="button"
        class="secondary"
        aria-pressed={view.pausedAt !== null}
        onClick={() => onView({ ...view, pausedAt: view.pausedAt === null ? (dashboard?.at ?? null) : null })}
      >
        <Icon name={view.pausedAt === null ? 'pause' : 'play'} /> {view.pausedAt === null ? t('Pause') : t('Resume')}
      </button>
      <button type="button" class="secondary" title={t('Refresh')} aria-label={t('Refresh')} onClick={onRefresh}>
        <Icon name="refresh" />
      </button>
      <button
        type="button"
        class="secondary"
        title={t('Open in a new panel')}
        aria-label={t('Open in a new panel')}
        onClick={onAnother}
      >
        <Icon name="another" />
      </button>
      <Chips
        filter={view.filter}
        onRemove={(kind, chosen) => onView(toggled(view, kind, chosen))}
        onClear={() => onView({ ...view, filter: null })}
      />
    </header>
  );
};

const RangeChoice = ({ view, onView }: Pick<HeaderProps, 'view' | 'onView'>) => (
  <label>
    <span class="spoken">{t('Range')}</span>
    <select
      value={String(view.rangeSeconds)}
      onChange={({ currentTarget }) =>
        onView({ ...view, rangeSeconds: Number(currentTarget.value), zoom: null, pausedAt: null })
      }
    >
      {ranges.map((seconds) => (
        <option key={seconds} value={String(seconds)}>
          {rangeWord(seconds)}
        </option>
      ))}
    </select>
  </label>
);
