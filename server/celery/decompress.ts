import * as zlib from 'node:zlib';

/** No event is this large; what grows beyond it is a bomb. */
const largestBody = 32 * 1024 * 1024;
const limit = { maxOutputLength: largestBody };

type Decompress = (bytes: Buffer) => Buffer;

/** `unzip` takes zlib's and gzip's header: kombu calls its zlib format application/x-gzip (kombu/compression.py). */
const unzip: Decompress = (bytes) => zlib.unzipSync(bytes, limit);
const brotli: Decompress = (bytes) => zlib.brotliDecompressSync(bytes, limit);
const zstd: Decompress | string =
  typeof zlib.zstdDecompressSync === 'function'
    ? (bytes) => zlib.zstdDecompressSync(bytes, limit)
    : 'zstd body, which needs Node 22.15 or newer';

/** By the names and aliases of kombu/compression.py; a string says why there is no way to read it here. */
const decompressors: ReadonlyMap<string, Decompress | string> = new Map<string, Decompress | string>([
  ['application/x-gzip', unzip],
  ['gzip', unzip],
  ['zlib', unzip],
  ['application/x-brotli', brotli],
  ['brotli', brotli],
  ['application/zstd', zstd],
  ['zstd', zstd],
  ['zstandard', zstd],
  ['application/x-bz2', 'bzip2 body, not decompressed'],
  ['bzip2', 'bzip2 body, not decompressed'],
  ['bzip', 'bzip2 body, not decompressed'],
  ['application/x-lzma', 'lzma body, not decompressed'],
  ['lzma', 'lzma body, not decompressed'],
  ['xz', 'lzma body, not decompressed'],
]);

/** The decompressed body, or the reason why there is none. */
export const decompress = (body: Buffer, compression: string): Buffer | string => {
  const decompressor = decompressors.get(compression) ?? 'body with an unknown compression';
  if (typeof decompressor === 'string') return decompressor;
  try {
    return decompressor(body);
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge ? 'body too large' : 'damaged compressed body';
  }
};
