import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { type Entity, entityArn } from "../entities/entity.ts";
import { findByArn, noSuchIdentity } from "../entities/find-by-arn.ts";
import { identityPolicies } from "../entities/policies/identity-policies.ts";
import { nameKey } from "../names.ts";
import { onPolicy } from "../policies/access.ts";
import { existingPolicy, type FoundPolicy, findPolicy } from "../policies/find.ts";
import { isPolicyArn } from "../policies/policy.ts";
import type { IamStore } from "../store.ts";
import { resourceTags } from "../tags.ts";
import { grantedServices } from "./granted-services.ts";
import type { LastAccessedJob, ReportedEntity } from "./job.ts";

/** The user, role, group or policy that a report is about, as it was found before access was asked for. */
type FoundSubject =
  | { readonly arn: string; readonly policy: FoundPolicy }
  | { readonly arn: string; readonly entity: Entity | undefined };

const batch = 500;

export async function findSubject(
  { Arn: arn }: { readonly Arn: string },
  call: Call,
  { store }: Iam,
): Promise<FoundSubject> {
  return isPolicyArn(arn)
    ? { arn, policy: await findPolicy({ PolicyArn: arn }, call, { store }) }
    : { arn, entity: await findByArn(store, call, arn) };
}

export function onSubject(found: FoundSubject): Need {
  if ("policy" in found) return onPolicy(found.policy);
  return { resource: found.arn, conditions: resourceTags(found.entity?.tags, "iam") };
}

/**
 * The services that the subject's policies allow, and the users and roles that have these policies. Boundaries and policies
 * of other kinds do not count.
 */
export async function reportedSubject(
  store: IamStore,
  call: Call,
  found: FoundSubject,
): Promise<Pick<LastAccessedJob, "services" | "entities">> {
  const { services, entities } =
    "policy" in found ? await ofPolicy(store, call, found.policy) : await ofEntity(store, found);
  const reported = entities.map((entity) => reportedEntity(call, entity));
  return { services, entities: [...new Map(reported.map((entity) => [entity.id, entity])).values()] };
}

async function ofEntity(
  store: IamStore,
  { arn, entity }: { readonly arn: string; readonly entity: Entity | undefined },
) {
  if (!entity) throw noSuchIdentity(arn);
  const policies = await identityPolicies(store, entity);
  return {
    services: grantedServices(policies.map(({ document }) => document)),
    entities: await membersOf(store, entity),
  };
}

async function ofPolicy(store: IamStore, { account }: Call, found: FoundPolicy) {
  const { arn } = existingPolicy(found);
  const document = await store.policies.document(arn);
  const entities: Entity[] = [];
  let after = { kind: "", nameKey: "" };
  for (let users: Entity[] | undefined; users === undefined || users.length === batch; ) {
    const options = { use: "attachment", pathPrefix: "/", after, limit: batch } as const;
    users = await store.attachments.listEntities(account, arn, options);
    for (const user of users) {
      entities.push(...(await membersOf(store, user)));
      after = { kind: user.kind, nameKey: nameKey(user.name) };
    }
  }
  return { services: grantedServices(document === undefined ? [] : [document]), entities };
}

/** A group acts through its users. */
async function membersOf(store: IamStore, entity: Entity): Promise<Entity[]> {
  if (entity.kind !== "group") return [entity];
  const members: Entity[] = [];
  for (let page: Entity[] | undefined; page === undefined || page.length === batch; members.push(...page)) {
    const after = nameKey(members.at(-1)?.name ?? "");
    page = await store.memberships.listUsers(entity.id, { after, limit: batch });
  }
  return members;
}

function reportedEntity({ partition }: Call, { id, account, kind, name, path }: Entity): ReportedEntity {
  return {
    ...{ id, name, path, kind: kind === "role" ? "role" : "user" },
    arn: entityArn({ partition, account }, kind, path, name),
  };
}
