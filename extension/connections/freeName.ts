/** The name, or the name with the first number that makes it the only one. */
export const freeName = (name: string, taken: readonly { readonly name: string }[]): string => {
  let free = name;
  for (let count = 2; taken.some((each) => each.name === free); count++) free = `${name}-${count}`;
  return free;
};
