/**
 * Frees the memory of large buffers that nobody uses any more. It is not in V8's heap, so V8 looks for such only after many
 * megabytes of it. All that shares a buffer is empty then.
 */
export function release(...buffers: readonly Uint8Array[]): void {
  for (const { buffer } of buffers) {
    // Small ones have a piece of one that they share.
    if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
  }
}

/** True if nothing else is in the memory behind `bytes`. */
export function isAlone(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.byteLength;
}
