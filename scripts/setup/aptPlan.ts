/** What apt-get is about to fetch and install. */
export interface AptPlan {
  /** "redis-server 5:7.0.15-1" */
  readonly packages: readonly string[];
  readonly bytes: number;
}

/** Reads what `apt-get install --print-uris` prints: 'address' name_version_architecture.deb bytes checksum. */
export const readAptPlan = (output: string): AptPlan => {
  const found = [...output.matchAll(/^'[^']*' ([^ _]+)_([^ _]+)_[^ ]+\.deb (\d+)/gm)];
  return {
    packages: found.map(([, name, version = '']) => `${name} ${version.replace('%3a', ':')}`),
    bytes: found.reduce((sum, [, , , bytes]) => sum + Number(bytes), 0),
  };
};

/** Null: there is nothing to fetch. */
export const aptPlanSentence = ({ packages, bytes }: AptPlan): string | null =>
  packages.length === 0
    ? null
    : `apt-get installs ${packages.length} packages of Debian (${(bytes / 1_000_000).toFixed(1)} MB to fetch): ${packages.join(', ')}`;
