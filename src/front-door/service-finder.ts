import type { WireRequest } from "../wire/protocol.ts";
import { targetOf } from "../wire/target.ts";
import type { Service } from "./service.ts";

/** What may be a service's name in a credential scope or a target, and can be shown as it is. */
const serviceName = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Finds whom a request is for: by the credential scope first, as AWS's own endpoints are one service each; then by
 * `X-Amz-Target`. Gives the name of a service that nobody here serves. A request that names none is taken for one to
 * STS, whose protocol words the refusal.
 */
export function serviceFinder(services: readonly Service[]): (request: WireRequest) => Service | string {
  const bySigningName = new Map(services.map((service) => [service.signingName, service]));
  const byTarget = new Map(
    services.flatMap((service) => (service.targetPrefix ? [[service.targetPrefix, service] as const] : [])),
  );
  const fallback = services.find(({ signingName }) => signingName === "sts") ?? services[0]!;
  return (request) => {
    const scope = credentialOf(request)?.[3];
    if (scope !== undefined && serviceName.test(scope)) return bySigningName.get(scope) ?? scope;
    const target = targetOf(request)?.prefix;
    if (target !== undefined && serviceName.test(target)) return byTarget.get(target) ?? target;
    return fallback;
  };
}

/**
 * The five parts of the credential, of which nothing is verified yet: access key, date, region, service, terminator.
 * Without regular expressions: hostile headers could make one with several gaps run for minutes.
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
