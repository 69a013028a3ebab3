import { ListPoliciesGrantingServiceAccessCommand, type PolicyGrantingServiceAccess } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { parsePolicy, type Statement } from "../../../policy/index.ts";
import type { Iam } from "../context.ts";
import { findByArn, noSuchIdentity } from "../entities/find-by-arn.ts";
import { type IdentityPolicy, identityPolicies } from "../entities/policies/identity-policies.ts";
import { grants } from "../last-accessed/granted-services.ts";
import { readPage } from "../page.ts";
import { isPolicyArn, policyName } from "../policies/policy.ts";
import { resourceTagConditions } from "../tags.ts";

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

const ownerTypes = { user: "USER", role: "ROLE", group: "GROUP" } as const;

function toGranting({ owner, name, document }: IdentityPolicy): Granting {
  const { statements } = parsePolicy(document, "identity");
  if (isPolicyArn(name)) return { PolicyName: policyName(name), PolicyType: "MANAGED", PolicyArn: name, statements };
  const whose = { EntityType: ownerTypes[owner.kind], EntityName: owner.name };
  return { PolicyName: name, PolicyType: "INLINE", ...whose, statements };
}
