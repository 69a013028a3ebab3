import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from "node:zlib";

/** Bytes up to which this thread is fast enough, so that another one is not worth it. */
const small = 16 * 1024;

/** Node makes an output chunk by chunk, and comes back to this thread for each one. */
const [smallestChunk, largestChunk] = [64 * 1024, 4 * 1024 * 1024];

const params = { [constants.ZSTD_c_compressionLevel]: 1 };
const compressElsewhere = promisify(zstdCompress);
const decompressElsewhere = promisify(zstdDecompress);

export async function compress(bytes: Uint8Array): Promise<Buffer> {
  const options = { params, chunkSize: chunkOf(bytes.length / 3) };
  return bytes.length <= small ? zstdCompressSync(bytes, options) : compressElsewhere(bytes, options);
}

/** `size`: how many bytes it will be, or somewhat less. The first of them is at a multiple of eight in memory. */
export async function decompress(bytes: Uint8Array, size: number): Promise<Buffer> {
  if (bytes.length <= small / 4) return decompressNow(bytes, size);
  return aligned(await decompressElsewhere(bytes, { chunkSize: chunkOf(size) }));
}

/** As `decompress`, on this thread. */
export function decompressNow(bytes: Uint8Array, size: number): Buffer {
  return aligned(zstdDecompressSync(bytes, { chunkSize: chunkOf(size) }));
}

function aligned(bytes: Buffer): Buffer {
  return bytes.byteOffset % 8 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
}

function chunkOf(size: number): number {
  return Math.min(Math.max(Math.ceil(size), smallestChunk), largestChunk);
}
