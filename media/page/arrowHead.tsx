/** What ends the lines of a graph; they name it by `url(#id)`. */
export const ArrowHead = ({ id }: { readonly id: string }) => (
  <defs>
    <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
      <path d="M0 0 8 4 0 8z" class="graph-arrow" />
    </marker>
  </defs>
);
