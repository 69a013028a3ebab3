import type { ContainerStats, Stats } from "../stats.ts";
import { containerStats, type EngineStats } from "./container-stats.ts";
import type { Engine } from "./engine.ts";
import { isMissing, named, namedEach, unless } from "./engine-error.ts";
import { jsonLines } from "./json-lines.ts";
import { openStream } from "./stream.ts";

const failure = "CannotReadStatsError";

export function dockerStats({ connect }: Engine): Stats {
  async function open(id: string, query: Readonly<Record<string, boolean>>, signal?: AbortSignal) {
    return unless(isMissing, openStream(await connect(), `/containers/${id}/stats`, query, signal));
  }

  async function document(id: string): Promise<EngineStats | undefined> {
    const stream = await open(id, { stream: false, "one-shot": true });
    if (!stream) return undefined;
    for await (const found of jsonLines<EngineStats>(stream)) return containerStats(found) && found;
    return undefined;
  }

  async function read(id: string): Promise<ContainerStats | undefined> {
    const found = await document(id);
    return found && containerStats(found);
  }

  async function* samples(stream: AsyncIterable<Buffer>): AsyncGenerator<ContainerStats> {
    for await (const found of jsonLines<EngineStats>(stream)) {
      const stats = containerStats(found);
      if (!stats) return; // the Engine goes on for ever with empty ones
      yield stats;
    }
  }

  return {
    read: (id) => named(failure, () => read(id)),
    async document(id) {
      const found = await named(failure, () => document(id));
      return found && { ...found };
    },
    async *follow(id, { signal } = {}) {
      try {
        const stream = await named(failure, () => open(id, { stream: true }, signal));
        if (stream) yield* namedEach(failure, samples(stream));
      } catch (error) {
        if (!signal?.aborted) throw error;
      }
    },
  };
}
