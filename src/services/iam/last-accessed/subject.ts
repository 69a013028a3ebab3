import type { Call } from "../../../model/call.ts";
import { type Entity, entityArn, nameKey } from "../entities/entity.ts";
import { findPolicy } from "../entities/find.ts";
import { findByArn, noSuchIdentity } from "../entities/find-by-arn.ts";
import { identityPolicies } from "../entities/policies/identity-policies.ts";
import { isPolicyArn } from "../policies/policy.ts";
import type { IamStore } from "../store.ts";
import { grantedServices } from "./granted-services.ts";
import type { LastAccessedJob, ReportedEntity } from "./records.ts";

type Subject = Pick<LastAccessedJob, "services" | "entities">;

const batch = 500;

/**
 * What a report on this user, role, group or policy is about: the services that its policies allow, and the users and
 * roles that have them. Boundaries and policies of other kinds do not count.
 */
export async function lastAccessedSubject(store: IamStore, call: Call, arn: string): Promise<Subject> {
  const { services, entities } = isPolicyArn(arn)
    ? await ofPolicy(store, call, arn)
    : await ofIdentity(store, call, arn);
  const reported = entities.map((entity) => reportedEntity(call, entity));
  return { services, entities: [...new Map(reported.map((entity) => [entity.id, entity])).values()] };
}

async function ofIdentity(store: IamStore, call: Call, arn: string) {
  const entity = await findByArn(store, call, arn);
  if (!entity) throw noSuchIdentity(arn);
  const policies = await identityPolicies(store, entity);
  return {
    services: grantedServices(policies.map(({ document }) => document)),
    entities: await membersOf(store, entity),
  };
}

async function ofPolicy(store: IamStore, call: Call, arn: string) {
  await findPolicy(store, call, arn);
  const document = await store.policyDocument(arn);
  const entities: Entity[] = [];
  let after = { kind: "", nameKey: "" };
  for (let users: Entity[] | undefined; users === undefined || users.length === batch; ) {
    users = await store.listUsers(call.account, arn, { use: "attachment", pathPrefix: "/", after, limit: batch });
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
    page = await store.listMembers(entity.id, { after: nameKey(members.at(-1)?.name ?? ""), limit: batch });
  }
  return members;
}

function reportedEntity({ partition }: Call, { id, account, kind, name, path }: Entity): ReportedEntity {
  return {
    ...{ id, name, path, kind: kind === "role" ? "role" : "user" },
    arn: entityArn({ partition, account }, kind, path, name),
  };
}
