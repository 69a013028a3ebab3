import type { Call } from "../../model/call.ts";
import type { Ecs } from "./context.ts";

/**
 * Where an agent hands on what its containers send to their control plane: it comes without TLS, and the agent adds that. The second
 * one is the port at loopback addresses of tasks.
 */
const handedOn = [/^169\.254\.170\.2(:\d+)?$/, /^127\.0\.0\.1:51680$/];

/**
 * The URL at which the caller has reached this server, for further connections: on another machine it has another name than on this
 * one. Whoever came through the operator's proxy goes through it again.
 */
export function reachedAt({ publicUrl }: Pick<Ecs, "publicUrl">, { host, isSecure }: Call): string {
  if (publicUrl !== undefined && new URL(publicUrl).host === host) return publicUrl;
  const hasTls = isSecure && !handedOn.some((door) => door.test(host));
  return `${hasTls ? "https" : "http"}://${host}`;
}
