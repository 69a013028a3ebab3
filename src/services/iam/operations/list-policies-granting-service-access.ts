import { ListPoliciesGrantingServiceAccessCommand, type PolicyGrantingServiceAccess } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { parsePolicy, type Statement } from "../../../policy/index.ts";
import type { Iam } from "../context.ts";
import { findByArn, noSuchIdentity } from "../entities/find-by-arn.ts";
import { type IdentityPolicy, identityPolicies } from "../entities/policies/identity-policies.ts";
import { grants } from "../last-accessed/granted-services.ts";
import { readPage } from "../page.ts";
import { isPolicyArn, policyName } from "../policies/policy.ts";
import { resourceTags } from "../tags.ts";

type Granting = PolicyGrantingServiceAccess & { readonly statements: readonly Statement[] };

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html */
export const listPoliciesGrantingServiceAccess = operation(ListPoliciesGrantingServiceAccessCommand)({
  find: async ({ Arn: arn }, call, { store }: Iam) => ({ arn, entity: await findByArn(store, call, arn) }),
  access: ({ arn, entity }) => ({ resource: arn, conditions: resourceTags(entity?.tags, "iam") }),
  // An entity has a few dozen policies at most, so one page holds them.
  async run({ arn, entity }, input, { store }) {
    readPage(input);
    if (!entity) throw noSuchIdentity(arn);
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
