import type { EntityDetails, ServiceLastAccessed, TrackedActionLastAccessed } from "@aws-sdk/client-iam";
import type { LastCall } from "../../../audit/index.ts";
import { wholeSeconds } from "../entities/entity.ts";
import { serviceNames } from "./granted-services.ts";
import type { LastAccessedJob } from "./records.ts";

/** Services in the order of their namespaces. */
export function servicesLastAccessed(job: LastAccessedJob): ServiceLastAccessed[] {
  return [...job.services].sort().map((service) => {
    const calls = callsOf(job, service);
    const [last] = calls;
    return {
      ServiceName: serviceNames[service] ?? service,
      ServiceNamespace: service,
      ...(last && {
        LastAuthenticated: wholeSeconds(last.at),
        LastAuthenticatedEntity: arnOf(job, last),
        LastAuthenticatedRegion: last.region,
      }),
      TotalAuthenticatedEntities: new Set(calls.map(({ principalId }) => principalId)).size,
      ...(job.granularity === "ACTION_LEVEL" &&
        calls.length > 0 && { TrackedActionsLastAccessed: actions(job, calls) }),
    };
  });
}

/** Who could have used the service, the last who did first. */
export function entitiesLastAccessed(job: LastAccessedJob, service: string): EntityDetails[] {
  if (!job.services.includes(service)) return [];
  const last = new Map(
    callsOf(job, service)
      .reverse()
      .map((call) => [call.principalId, call.at]),
  );
  const at = ({ id }: { readonly id: string }) => last.get(id)?.getTime() ?? 0;
  return [...job.entities]
    .sort((one, other) => at(other) - at(one) || (one.arn < other.arn ? -1 : 1))
    .map(({ arn, id, kind, name, path }) => ({
      EntityInfo: { Arn: arn, Name: name, Type: kind === "role" ? "ROLE" : "USER", Id: id, Path: path },
      ...(last.has(id) && { LastAuthenticated: wholeSeconds(last.get(id)!) }),
    }));
}

function actions(job: LastAccessedJob, calls: readonly LastCall[]): TrackedActionLastAccessed[] {
  const byAction = Map.groupBy(calls, ({ action }) => action);
  return [...byAction.keys()].sort().map((action) => {
    const last = byAction.get(action)![0]!;
    return {
      ActionName: action,
      LastAccessedEntity: arnOf(job, last),
      LastAccessedTime: wholeSeconds(last.at),
      LastAccessedRegion: last.region,
    };
  });
}

/** Newest first. */
function callsOf({ done }: LastAccessedJob, service: string): LastCall[] {
  const calls = (done?.calls ?? []).filter((call) => call.service === service);
  return calls.sort((one, other) => other.at.getTime() - one.at.getTime());
}

function arnOf({ entities }: LastAccessedJob, { principalId }: LastCall): string | undefined {
  return entities.find(({ id }) => id === principalId)?.arn;
}
