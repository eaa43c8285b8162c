/** What a row shows; the tree turns it into VS Code's own item. */
export interface NodeView {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly color: string | null;
  /** Its lines. */
  readonly tooltip: readonly string[];
  readonly contextValue: string;
  /** Whether it has rows below it, and whether they show at first. */
  readonly expandable: 'no' | 'open' | 'closed';
}
