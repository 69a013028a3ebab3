import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import type { RuntimeEvent } from "../events.ts";
import { healthStatusOf } from "./health.ts";
import { jsonLines } from "./json-lines.ts";
import { runtimeLabel } from "./labels.ts";

interface EngineEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string };
}

/** The Engine's events of containers with this prefix, from now on. Disposing of the stream ends it. */
export async function openEventStream(
  docker: Dockerode,
  prefix: string,
  abortSignal: AbortSignal,
): Promise<AsyncIterable<RuntimeEvent> & Disposable> {
  const filters = {
    type: ["container"],
    event: ["die", "oom", "health_status"],
    label: [`${runtimeLabel}=${prefix}`],
  };
  // The client's types lack the signal.
  const options = { filters, abortSignal } as Dockerode.GetEventsOptions;
  const stream = (await docker.getEvents(options)) as Readable;
  stream.on("error", () => {}); // thrown by the iteration, which may not have begun yet
  return {
    [Symbol.asyncIterator]: () => runtimeEvents(stream),
    [Symbol.dispose]: () => void stream.destroy(),
  };
}

async function* runtimeEvents(stream: AsyncIterable<Buffer>): AsyncGenerator<RuntimeEvent> {
  for await (const found of jsonLines<EngineEvent>(stream)) {
    const event = runtimeEvent(found);
    if (event) yield event;
  }
}

function runtimeEvent({ Action, Actor: { ID: id } }: EngineEvent): RuntimeEvent | undefined {
  if (Action === "die") return { kind: "exit", id };
  if (Action === "oom") return { kind: "oom", id };
  const status = healthStatusOf(Action.replace("health_status: ", ""));
  return status && { kind: "health", id, status };
}
