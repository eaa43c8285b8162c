import { hostname, userInfo } from 'node:os';

interface Names {
  readonly username: () => string;
  readonly uid: () => number | null;
  readonly host: () => string;
}

const ofThisProcess: Names = {
  username: () => userInfo().username,
  uid: () => process.getuid?.() ?? null,
  host: hostname,
};

/** Whose process this is. A container's user may have a number and no name (OpenShift gives such to all). */
export const ownName = ({ username, uid, host }: Names = ofThisProcess): string => {
  try {
    return `${username()}@${host()}`;
  } catch {
    return `uid ${uid() ?? 'unknown'}@${host()}`;
  }
};
