import type { EntityDetails, ServiceLastAccessed, TrackedActionLastAccessed } from "@aws-sdk/client-iam";
import type { LastCall } from "../../../audit/index.ts";
import { defined } from "../../../defined.ts";
import { wholeSeconds } from "../whole-seconds.ts";
import { serviceNames } from "./granted-services.ts";
import type { LastAccessedJob } from "./job.ts";

/** Services in the order of their namespaces. */
export function servicesLastAccessed(job: LastAccessedJob): ServiceLastAccessed[] {
  return [...job.services].sort().map((service) => {
    const calls = callsOf(job, service);
    const [last] = calls;
    const isTracked = job.granularity === "ACTION_LEVEL" && last !== undefined;
    return {
      ServiceName: serviceNames[service] ?? service,
      ServiceNamespace: service,
      ...defined({
        LastAuthenticated: last && wholeSeconds(last.at),
        LastAuthenticatedEntity: last && arnOf(job, last),
        LastAuthenticatedRegion: last?.region,
      }),
      TotalAuthenticatedEntities: new Set(calls.map(({ principalId }) => principalId)).size,
      ...defined({ TrackedActionsLastAccessed: isTracked ? actions(job, calls) : undefined }),
    };
  });
}

/** The users and roles that could have used the service. The last one that did is first. */
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
    .map(({ arn, id, kind, name, path }) => {
      const usedAt = last.get(id);
      return {
        EntityInfo: { Arn: arn, Name: name, Type: kind === "role" ? "ROLE" : "USER", Id: id, Path: path },
        ...defined({ LastAuthenticated: usedAt && wholeSeconds(usedAt) }),
      };
    });
}

function actions(job: LastAccessedJob, calls: readonly LastCall[]): TrackedActionLastAccessed[] {
  // The last call of an action comes first.
  const lastOf = new Map([...calls].reverse().map((call) => [call.action, call]));
  return [...lastOf]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([action, last]) => ({
      ActionName: action,
      LastAccessedEntity: arnOf(job, last),
      LastAccessedTime: wholeSeconds(last.at),
      LastAccessedRegion: last.region,
    }));
}

/** Newest first. */
function callsOf({ done }: LastAccessedJob, service: string): LastCall[] {
  const calls = (done?.calls ?? []).filter((call) => call.service === service);
  return calls.sort((one, other) => other.at.getTime() - one.at.getTime());
}

function arnOf({ entities }: LastAccessedJob, { principalId }: LastCall): string | undefined {
  return entities.find(({ id }) => id === principalId)?.arn;
}

/** The state of a report, as both operations that show it answer. */
export function jobState({ createdAt, done }: LastAccessedJob) {
  return {
    JobStatus: done ? ("COMPLETED" as const) : ("IN_PROGRESS" as const),
    JobCreationDate: createdAt,
    JobCompletionDate: done?.at,
  };
}
