import type { ComponentChildren } from 'preact';
import type { Hold } from '../../page/useHold.ts';

interface CardProps {
  readonly id: string;
  readonly title: string;
  readonly badge?: string | undefined;
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly isWide?: boolean;
  /** Handlers of the element, such as those of a list that is held. */
  readonly area?: Hold['area'];
}

/** One panel of the page. */
export const Card = ({ id, title, badge, action, children, isWide = false, area }: CardProps) => (
  <section class={isWide ? 'card wide' : 'card'} aria-labelledby={`title-${id}`} data-panel={id} {...area}>
    <header>
      <h2 id={`title-${id}`}>
        {title}
        {badge !== undefined && <span class="badge quiet">{badge}</span>}
      </h2>
      {action}
    </header>
    {children}
  </section>
);
