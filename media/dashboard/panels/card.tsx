import type { ComponentChildren } from 'preact';

interface CardProps {
  readonly id: string;
  readonly title: string;
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly isWide?: boolean;
}

/** One panel of the page. */
export const Card = ({ id, title, action, children, isWide = false }: CardProps) => (
  <section class={isWide ? 'card wide' : 'card'} aria-labelledby={`title-${id}`} data-panel={id}>
    <header>
      <h2 id={`title-${id}`}>{title}</h2>
      {action}
    </header>
    {children}
  </section>
);
