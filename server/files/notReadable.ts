import { messageOf } from '../api/errors.ts';
/** Why a file was not read. `reason` completes "The file … cannot be read: ". */
export class NotReadable extends Error {
  readonly reason: string;
  /** ENOENT and the like; null: the file was opened, and is not what may be read. */
  readonly code: string | null;

  constructor(reason: string, code: string | null = null, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'NotReadable';
    this.reason = reason;
    this.code = code;
  }

  static from(error: unknown): NotReadable {
    if (error instanceof NotReadable) return error;
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
    const reason = (code === null ? undefined : reasons[code]) ?? messageOf(error);
    return new NotReadable(reason, code, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ELOOP: 'its symbolic links lead in a circle',
  ENXIO: 'it is not a regular file',
  ENAMETOOLONG: 'its name is too long',
};
