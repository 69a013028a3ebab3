import { ListAccountsCommand } from "@aws-sdk/client-organizations";
import { operation } from "../../../model/operation-before.ts";
import { managementAccount, shownAccount } from "../accounts/account.ts";
import type { Organizations } from "../context.ts";
import { invalidInput, refuseMember } from "../errors.ts";

const mostResults = 20;

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html: the first account, then by id. */
export const listAccounts = operation(ListAccountsCommand)({
  access(_input, call, { organization }: Organizations) {
    refuseMember(call, organization);
    return { action: "organizations:ListAccounts", resource: "*" };
  },
  async run({ NextToken: token, MaxResults: limit = mostResults }, { organization, accounts }) {
    const after = readToken(token);
    const first = after === undefined ? [managementAccount(organization)] : [];
    const others = await accounts.list({ after: after ?? "", limit: limit + 1 });
    const found = [...first, ...others];
    const page = found.slice(0, limit);
    return {
      Accounts: page.map((account) => shownAccount(organization, account)),
      ...(found.length > limit && { NextToken: tokenAfter(page.length > first.length ? page.at(-1)!.id : "") }),
    };
  },
});

/** The id that the page ended with, empty for that of the first account, which comes before all. */
function tokenAfter(id: string): string {
  return Buffer.from(`after ${id}`).toString("base64url");
}

function readToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const id = /^after (\d{12}|)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (id !== undefined) return id;
  throw invalidInput("INVALID_NEXT_TOKEN", "You provided an invalid next token.");
}
