import { GetAccountAuthorizationDetailsCommand } from "@aws-sdk/client-iam";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import { groupDetails, policyDetails, roleDetails, userDetails } from "../account/details.ts";
import type { Iam } from "../context.ts";
import type { Entity } from "../entities/entity.ts";
import type { ListOptions } from "../entities/records.ts";
import { nameKey } from "../names.ts";
import { endPage, readPage } from "../page.ts";
import { findAwsManaged } from "../policies/aws-managed-policies.ts";
import type { ManagedPolicy } from "../policies/policy.ts";
import type { IamStore } from "../store.ts";

/** In the order of the answer's pages. */
const sections = ["User", "Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy"] as const;
type Section = (typeof sections)[number];
type Item = Entity | (ManagedPolicy & { readonly kind: "LocalManagedPolicy" | "AWSManagedPolicy" });
interface Uses {
  readonly attachment: ReadonlyMap<string, number>;
  readonly boundary: ReadonlyMap<string, number>;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
export const getAccountAuthorizationDetails = operation(GetAccountAuthorizationDetailsCommand)({
  access: onAccount,
  // Lists those of AWS's policies that the account uses.
  async run(_found, input, { store }: Iam, call) {
    const asked = readPage(input);
    const uses = {
      attachment: await store.attachments.countUses(call.account, "attachment"),
      boundary: await store.attachments.countUses(call.account, "boundary"),
    };
    const items: Item[] = [];
    for (const section of sections) {
      if (input.Filter && input.Filter.length > 0 && !input.Filter.includes(section)) continue;
      const prefix = keyPrefix(section);
      const after = asked.after.startsWith(prefix) ? asked.after.slice(prefix.length) : "";
      if (after === "" && asked.after > prefix) continue;
      const limit = asked.limit + 1 - items.length;
      if (limit > 0) items.push(...(await read(store, call, section, uses, { pathPrefix: "/", after, limit })));
    }
    const { page, ...rest } = endPage(items, asked, (item) => keyPrefix(sectionOf(item)) + nameKey(item.name));
    const of = <K extends Item["kind"]>(...kinds: readonly K[]) =>
      page.filter((item): item is Extract<Item, { kind: K }> => (kinds as readonly string[]).includes(item.kind));
    return {
      UserDetailList: await userDetails(store, call, of("user")),
      GroupDetailList: await groupDetails(store, call, of("group")),
      RoleDetailList: await roleDetails(store, call, of("role")),
      Policies: await policyDetails(store, of("LocalManagedPolicy", "AWSManagedPolicy"), uses),
      ...rest,
    };
  },
});

const ofEntities = { user: "User", group: "Group", role: "Role" } as const;

function sectionOf({ kind }: Item): Section {
  return kind === "user" || kind === "group" || kind === "role" ? ofEntities[kind] : kind;
}

/** The beginning of the keys of a section's items. Keys rise through the sections. */
function keyPrefix(section: Section): string {
  return `${sections.indexOf(section)} `;
}

async function read(
  store: IamStore,
  { account }: Call,
  section: Section,
  uses: Uses,
  options: ListOptions,
): Promise<Item[]> {
  if (section === "User") return await store.users.list(account, options);
  if (section === "Group") return await store.groups.list(account, options);
  if (section === "Role") return await store.roles.list(account, options);
  if (section === "LocalManagedPolicy") {
    const policies = await store.policies.list(account, options);
    return policies.map((policy) => ({ ...policy, kind: section }));
  }
  return [...new Set([...uses.attachment.keys(), ...uses.boundary.keys()])]
    .flatMap((arn) => findAwsManaged(arn)?.policy ?? [])
    .map((policy) => ({ ...policy, kind: section }))
    .filter(({ name }) => nameKey(name) > options.after)
    .sort((left, right) => (nameKey(left.name) < nameKey(right.name) ? -1 : 1))
    .slice(0, options.limit);
}
