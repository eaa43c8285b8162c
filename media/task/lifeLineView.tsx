import { t } from '@vscode/l10n';
import { duration } from '../../server/api/figures.ts';
import type { LifeGap, LifeLine } from '../../server/api/taskDetail.ts';
import { moment } from '../page/times.ts';
import { doubtWord, gapMeaning, gapWord, lifeSentence, momentWord } from './words.ts';

/** What happened when, and what the task waited for in between: as a bar, and in words. */
export const LifeLineView = ({ lifeLine, at }: { readonly lifeLine: LifeLine; readonly at: number }) => (
  <section aria-labelledby="life">
    <h2 id="life">{t('Timeline')}</h2>
    {lifeLine.gaps.length > 0 && (
      <div class="life-bar" role="img" aria-label={lifeSentence(lifeLine.gaps)}>
        {lifeLine.gaps.map((gap) => (
          <Segment key={`${gap.from}-${gap.to}`} gap={gap} />
        ))}
      </div>
    )}
    <table class="life-table">
      <tbody>
        {lifeLine.moments.map((each, index) => {
          const gap = lifeLine.gaps[index];
          return [
            <tr key={each.kind} class="life-moment">
              <th scope="row">{momentWord(each.kind)}</th>
              <td class="figure">{moment(each.at, at)}</td>
              <td>{each.by}</td>
            </tr>,
            gap && <GapRow key={`${each.kind}-gap`} gap={gap} />,
          ];
        })}
      </tbody>
    </table>
  </section>
);

/** As wide as it was long, but never too narrow for its name. */
const Segment = ({ gap }: { readonly gap: LifeGap }) => (
  <div class={`life-segment gap-${gap.kind}${gap.isOpen ? ' open' : ''}`} style={{ flexGrow: Math.max(1, gap.ms) }}>
    <span class="life-name">{gapWord(gap.kind)}</span>
    <span class="life-figure">{duration(gap.ms / 1000)}</span>
  </div>
);

const GapRow = ({ gap }: { readonly gap: LifeGap }) => (
  <tr class="life-gap">
    <th scope="row">
      <span class={`gap-mark gap-${gap.kind}`} aria-hidden="true" /> {gapWord(gap.kind)}
    </th>
    <td class="figure">
      {duration(gap.ms / 1000)}
      {gap.isOpen && <span> {t('so far')}</span>}
    </td>
    <td>
      {gapMeaning(gap.kind)}
      {gap.doubt && <p class="doubt">⚠ {doubtWord(gap.doubt)}</p>}
    </td>
  </tr>
);
