export type FrameSource = "stdin" | "stdout" | "stderr" | "engine";

export interface Frame {
  /** "engine" is an error message of the Engine itself. */
  readonly source: FrameSource;
  readonly data: Buffer;
}

const headerSize = 8;
const sources: readonly (FrameSource | undefined)[] = ["stdin", "stdout", "stderr", "engine"];

/**
 * Takes apart a stream in which the Engine mixes a program's outputs: each piece comes after a header of its source and size.
 * https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach
 */
export async function* frames(stream: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= headerSize) {
      const end = headerSize + rest.readUInt32BE(4);
      if (rest.length < end) break;
      const source = sources[rest.readUInt8(0)];
      if (!source) throw new Error("the Engine's stream is damaged: a piece has no known source");
      yield { source, data: rest.subarray(headerSize, end) };
      rest = rest.subarray(end);
    }
  }
}
