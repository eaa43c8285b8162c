/** For questions that may overlap: `begin` with each one; what it gives says whether no later one has been answered yet. */
export const newestOnly = (): { begin(): () => boolean } => {
  let asked = 0;
  let shown = 0;
  return {
    begin: () => {
      const own = ++asked;
      return () => {
        if (own < shown) return false;
        shown = own;
        return true;
      };
    },
  };
};
