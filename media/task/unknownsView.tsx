import type { Unknown } from '../../server/api/taskDetail.ts';
import { unknownWords } from './words.ts';

/** What the page cannot show, why, and how it can be made known. */
export const UnknownsView = ({ unknowns }: { readonly unknowns: readonly Unknown[] }) => (
  <dl class="unknowns">
    {unknowns.map((unknown) => {
      const { what, why, how } = unknownWords(unknown);
      return [
        <dt key={unknown}>{what}</dt>,
        <dd key={`${unknown}-why`}>
          {why} {how}
        </dd>,
      ];
    })}
  </dl>
);
