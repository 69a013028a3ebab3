import type { WireRequest } from "../wire/protocol.ts";
import { targetOf } from "../wire/target.ts";
import type { Service } from "./service.ts";

/** Matches possible names of services in a credential scope or target. They are safe to show. */
const serviceName = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Finds the service that a request is for: by its credential scope, because each of AWS's endpoints is one service; else by
 * `X-Amz-Target`, else by a path that is one service's own. Returns the name alone if Sealift lacks the service. A request that
 * names no service goes to STS, whose protocol words the refusal.
 */
export function serviceFinder(services: readonly Service[]): (request: WireRequest) => Service | string {
  const bySigningName = new Map(services.map((service) => [service.signingName, service]));
  const byTarget = new Map(
    services.flatMap((service) => (service.targetPrefix ? [[service.targetPrefix, service] as const] : [])),
  );
  const byPath = new Map(services.flatMap((service) => (service.paths ?? []).map((path) => [path, service] as const)));
  const fallback = bySigningName.get("sts") ?? services[0];
  if (!fallback) throw new Error("There is no service to serve");
  return (request) => {
    const scope = credentialOf(request)?.[3];
    if (scope !== undefined && serviceName.test(scope)) return bySigningName.get(scope) ?? scope;
    const target = targetOf(request)?.prefix;
    if (target !== undefined && serviceName.test(target)) return byTarget.get(target) ?? target;
    return byPath.get(request.path) ?? fallback;
  };
}

/**
 * Reads the five parts of the credential: access key, date, region, service, terminator. They are not verified yet.
 * It uses no regular expression: one with several gaps could run for minutes on a hostile header.
 */
export function credentialOf({ headers, query }: WireRequest): readonly string[] | undefined {
  const { authorization } = headers;
  let credential: string | undefined;
  if (authorization !== undefined) {
    const start = authorization.indexOf("Credential=");
    if (start >= 0) credential = authorization.slice(start + "Credential=".length).split(/[,\s]/, 1)[0];
  } else if (query.includes("X-Amz-Credential=")) {
    credential = new URLSearchParams(query).get("X-Amz-Credential") ?? undefined;
  }
  const parts = credential?.split("/", 6);
  return parts?.length === 5 ? parts : undefined;
}
