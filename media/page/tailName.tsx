/** A name that is cut at its beginning where there is no room: `…tasks.charge_customer`. */
export const TailName = ({ name }: { readonly name: string }) => (
  <span class="tail-name">
    <bdi dir="ltr">{name}</bdi>
  </span>
);
