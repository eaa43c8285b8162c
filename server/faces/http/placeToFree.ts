interface IdlePlace {
  readonly peer: string;
  readonly since: number;
}

/** Which of those that ask nothing makes room for another: the oldest of the client that holds most of them. */
export const placeToFree = <P extends IdlePlace>(idle: readonly P[]): P | null => {
  const counts = new Map<string, number>();
  for (const { peer } of idle) counts.set(peer, (counts.get(peer) ?? 0) + 1);
  let chosen: P | null = null;
  for (const place of idle) {
    const more = (counts.get(place.peer) ?? 0) - (counts.get(chosen?.peer ?? '') ?? 0);
    if (chosen === null || more > 0 || (more === 0 && place.since < chosen.since)) chosen = place;
  }
  return chosen;
};
