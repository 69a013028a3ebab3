import { ListAccountsCommand } from "@aws-sdk/client-organizations";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { pageToken, readPageToken } from "../../../model/page-token.ts";
import { managementAccount } from "../accounts/account.ts";
import { shownAccount } from "../accounts/shape.ts";
import type { Organizations } from "../context.ts";
import { invalidInput } from "../errors.ts";
import { managedOrganization } from "../organization/access.ts";

const mostResults = 20;

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html: the first account, then by id. */
export const listAccounts = operation(ListAccountsCommand)({
  find: (_input, call, context: Organizations) => managedOrganization(call, context),
  access: () => ({ resource: "*" }),
  async run(organization, { NextToken: token, MaxResults: limit = mostResults }, { accounts }) {
    const after = readToken(token);
    const first = after === undefined ? [managementAccount(organization)] : [];
    const others = await accounts.list({ after: after ?? "", limit: limit + 1 });
    const found = [...first, ...others];
    const page = found.slice(0, limit);
    const lastOfOthers = page.slice(first.length).at(-1)?.id ?? "";
    return {
      Accounts: page.map((account) => shownAccount(organization, account)),
      ...defined({ NextToken: found.length > limit ? pageToken(lastOfOthers) : undefined }),
    };
  },
});

/** The id that the page ended with; empty if that is the first account, which comes before all others. */
function readToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const id = readPageToken(token);
  if (typeof id === "string" && /^(\d{12})?$/.test(id)) return id;
  throw invalidInput("INVALID_NEXT_TOKEN", "You provided an invalid next token.");
}
