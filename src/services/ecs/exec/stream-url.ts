import type { Call } from "../../../model/call.ts";
import type { Ecs } from "../context.ts";
import { reachedAt } from "../reached-at.ts";

/** Where the client of a session connects: where its caller has reached this server. */
export function streamUrlOf(context: Ecs, call: Call, id: string): string {
  const origin = reachedAt(context, call).replace(/^http/, "ws");
  return `${origin}/v1/data-channel/${id}?role=publish_subscribe`;
}
