import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Api, CallOptions } from "../api/client.ts";
import { Unreachable } from "../api/error.ts";
import { everyPage } from "../api/pages.ts";
import type { ServiceName, Services } from "../api/services.ts";
import { type Cacheable, type Input, type OperationName, type Output, secretOperations } from "../api/wire.ts";
import { useApi, useSession } from "../session/context.tsx";

/** Milliseconds. Nothing is asked more often than this. */
const fastest = 2_000;
const untilItAnswers = 5_000;

export interface QueryOptions {
  /** Milliseconds between two reads while the page is visible, 2,000 at least. Without it the page reads once. */
  readonly live?: number | undefined;
  /** False while what the call needs is not known yet. */
  readonly enabled?: boolean | undefined;
  /** True for what takes many calls: it is not read again because the reader comes back to the window or to a tab. */
  readonly isCostly?: boolean | undefined;
}

/** An answer that holds no secret, kept and read again. `const roles = useCall("iam", "GetRole", { RoleName })` */
export function useCall<Service extends ServiceName, Name extends Cacheable<OperationName<Services[Service]>>>(
  service: Service,
  operation: Name,
  input: Input<Services[Service], Name>,
  options: QueryOptions = {},
): UseQueryResult<Output<Services[Service], Name>> {
  return useRead([service, operation, input], (api, call) => api.call(service, operation, input, call), options);
}

/** Every item of a list that comes in pages. `const roles = useList("iam", "ListRoles", {}, "Roles")` */
export function useList<
  Service extends ServiceName,
  Name extends Cacheable<OperationName<Services[Service]>>,
  Member extends keyof Output<Services[Service], Name> & string,
>(
  service: Service,
  operation: Name,
  input: Input<Services[Service], Name>,
  member: Member,
  options: QueryOptions = {},
) {
  return useRead(
    [service, operation, input, member],
    (api, call) => everyPage(api, service, operation, input, member, call),
    options,
  );
}

/** Several calls as one: `useRead(["ecs", "services-of", cluster], async (api, call) => …)`. The key starts with a service. */
export function useRead<Result>(
  key: readonly [service: ServiceName, ...parts: unknown[]],
  read: (api: Api, options: CallOptions) => Promise<Result>,
  { live, enabled = true, isCostly = false }: QueryOptions = {},
): UseQueryResult<Result> {
  const api = useApi();
  const { identity } = useSession();
  return useQuery<Result>({
    queryKey: [identity.arn, api.region, ...key],
    queryFn: ({ signal }) => read(withoutSecrets(api), { signal }),
    enabled,
    ...(isCostly && { staleTime: 60_000, refetchOnWindowFocus: false, refetchOnReconnect: false }),
    // The page says that it tries again where nothing answers.
    refetchInterval: ({ state: { error } }) =>
      live === undefined ? error instanceof Unreachable && untilItAnswers : Math.max(live, fastest),
    refetchIntervalInBackground: false,
  });
}

const secret: ReadonlySet<string> = new Set(secretOperations);

/** The answers of what is read here are kept, so that no secret may be among them. */
function withoutSecrets(api: Api): Api {
  return {
    region: api.region,
    call(service, operation, input, options) {
      if (
        secret.has(operation) ||
        ("WithDecryption" in (input as object) && (input as { WithDecryption?: unknown }).WithDecryption)
      ) {
        throw new Error(`${service}:${operation} answers a secret, which is not kept: call it with useApi()`);
      }
      return api.call(service, operation, input, options);
    },
  };
}
