import { t } from '@vscode/l10n';
import { type Dashboard, type FilterKind, filterKinds } from '../../../server/api/dashboard.ts';
import { Icon } from '../../page/icon.tsx';
import { clock } from '../../page/times.ts';
import { ranges, rangeWord, toggled, type View, withNames, wordOfKind } from '../view.ts';
import { Chips } from './chips.tsx';
import { Picker } from './picker.tsx';

interface HeaderProps {
  readonly view: View;
  readonly dashboard: Dashboard | null;
  readonly name: string;
  readonly namesOf: (kind: FilterKind) => Promise<readonly string[]>;
  readonly onView: (view: View) => void;
  readonly onRefresh: () => void;
  readonly onSwitch: () => void;
  readonly onAnother: () => void;
}

/** Which connection, which span, which part of it, and whether it moves. */
export const Header = ({ view, dashboard, name, namesOf, onView, onRefresh, onSwitch, onAnother }: HeaderProps) => (
  <header class="top">
    <h1>
      <button type="button" class="link" title={t('Show another connection')} onClick={onSwitch}>
        {name} <Icon name="down" />
      </button>
    </h1>
    {dashboard && <Marks dashboard={dashboard} />}
    <span class="space" />
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
    {view.zoom && (
      <button type="button" class="secondary" onClick={() => onView({ ...view, zoom: null })}>
        {t('{0} to {1}: show all', clock(view.zoom.from), clock(view.zoom.to))}
      </button>
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
      <Icon name={view.pausedAt === null ? 'pause' : 'play'} /> {view.pausedAt === null ? t('Pause') : t('Go live')}
    </button>
    <button type="button" class="secondary" title={t('Read again')} aria-label={t('Refresh')} onClick={onRefresh}>
      <Icon name="refresh" />
    </button>
    <button
      type="button"
      class="secondary"
      title={t('Open another panel of this connection')}
      aria-label={t('Open another panel')}
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

const Marks = ({ dashboard: { environment, isReadOnly, link, verdict } }: { readonly dashboard: Dashboard }) => (
  <>
    {environment !== 'dev' && <span class={`badge ${environment}`}>{environment.toUpperCase()}</span>}
    {isReadOnly && <span class="badge">{t('READ-ONLY')}</span>}
    <span class={`link-state ${link.kind}`}>{linkWord(link.kind)}</span>
    {link.kind === 'live' && <span class="link-state">{levelWord(verdict.level)}</span>}
  </>
);

const linkWord = (kind: Dashboard['link']['kind']): string =>
  ({ live: t('● live'), connecting: t('… connecting'), lost: t('✗ offline'), disconnected: t('○ not connected') })[
    kind
  ];

const levelWord = (level: Dashboard['verdict']['level']): string =>
  ({ healthy: t('✓ healthy'), degraded: t('! degraded'), unhealthy: t('✗ unhealthy'), unknown: '' })[level];
