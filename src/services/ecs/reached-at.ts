import type { Call } from "../../model/call.ts";
import type { Ecs } from "./context.ts";

/**
 * The URL at which the caller has reached this server, for further connections: on another machine it has another name than on this
 * one. Whoever came through the operator's proxy goes through it again.
 */
export function reachedAt({ publicUrl }: Pick<Ecs, "publicUrl">, { host, isSecure }: Call): string {
  if (publicUrl !== undefined && new URL(publicUrl).host === host) return publicUrl;
  return `${isSecure ? "https" : "http"}://${host}`;
}
