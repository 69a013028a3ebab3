import { ListPoliciesGrantingServiceAccessCommand, type PolicyGrantingServiceAccess } from "@aws-sdk/client-iam";
import type { ApiError } from "../../aws/api-error.ts";
import { parseArn } from "../../aws/arn.ts";
import type { Call } from "../../aws/call.ts";
import { operation } from "../../aws/operation.ts";
import { parsePolicy, type Statement } from "../../policy/index.ts";
import { type Entity, type EntityKind, splitResource } from "./entity.ts";
import { invalidArn, noSuchEntity } from "./errors.ts";
import { type IdentityPolicy, identityPolicies } from "./identity-policies.ts";
import type { Iam } from "./index.ts";
import { isPolicyArn, policyName } from "./managed-policy.ts";
import { readPage } from "./page.ts";
import type { IamStore } from "./store.ts";
import { resourceTagConditions } from "./tags.ts";

type Granting = PolicyGrantingServiceAccess & { readonly statements: readonly Statement[] };

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html */
export const listPoliciesGrantingServiceAccess = operation(ListPoliciesGrantingServiceAccessCommand)({
  access: async (input, call, { store }: Iam) => ({
    action: "iam:ListPoliciesGrantingServiceAccess",
    resource: input.Arn,
    conditions: resourceTagConditions((await findByArn(store, call, input.Arn))?.tags),
  }),
  // An entity has a few dozen policies at most, so one page holds them.
  async run(input, { store }, call) {
    readPage(input);
    const entity = await findByArn(store, call, input.Arn);
    if (!entity) throw noSuchIdentity(input.Arn);
    const policies = (await identityPolicies(store, entity)).map(toGranting);
    return {
      PoliciesGrantingServiceAccess: input.ServiceNamespaces.map((namespace) => ({
        ServiceNamespace: namespace,
        Policies: policies
          .filter(({ statements }) => statements.some((statement) => grants(statement, namespace.toLowerCase())))
          .map(({ statements: _, ...policy }) => policy),
      })),
      IsTruncated: false,
    };
  },
});

const kinds: readonly EntityKind[] = ["user", "role", "group"];
const ownerTypes = { user: "USER", role: "ROLE", group: "GROUP" } as const;

async function findByArn(store: IamStore, call: Call, arn: string): Promise<Entity | undefined> {
  const parts = parseArn(arn);
  if (parts?.service !== "iam" || parts.account !== call.account) return undefined;
  for (const kind of kinds) {
    const named = splitResource(parts.resource, kind);
    const entity = named && (await store.findEntity(call.account, kind, named.name));
    if (entity) return entity.path === named.path ? entity : undefined;
  }
  return undefined;
}

function noSuchIdentity(arn: string): ApiError {
  const resource = parseArn(arn)?.resource ?? "";
  for (const kind of kinds) {
    const named = splitResource(resource, kind);
    if (named) return noSuchEntity(kind, named.name);
  }
  return invalidArn(arn);
}

function toGranting({ owner, name, document }: IdentityPolicy): Granting {
  const { statements } = parsePolicy(document, "identity");
  if (isPolicyArn(name)) return { PolicyName: policyName(name), PolicyType: "MANAGED", PolicyArn: name, statements };
  const whose = { EntityType: ownerTypes[owner.kind], EntityName: owner.name };
  return { PolicyName: name, PolicyType: "INLINE", ...whose, statements };
}

/** Whether the statement allows any of the service's actions. */
function grants({ effect, action, notAction }: Statement, namespace: string): boolean {
  if (effect !== "Allow") return false;
  if (action) return action.some((name) => name === "*" || name.toLowerCase().startsWith(`${namespace}:`));
  return !(notAction ?? []).some((name) => name === "*" || name.toLowerCase() === `${namespace}:*`);
}
