import { databases, type TestDatabase } from "../../../test/support/databases.ts";
import { served } from "../../../test/support/served.ts";

/** The account that `staging` makes. */
export const stagingId = "444455556666";

export const staging = {
  AccountName: "staging",
  Email: "staging@example.com",
  Tags: [
    { Key: "sealift:account-id", Value: stagingId },
    { Key: "team", Value: "a" },
  ],
};

/** The control plane with signatures verified, and clients of the first account's root user. SQLite unless given. */
export async function openOrganizations(kind: TestDatabase = databases()[0]!) {
  const context = await served(await kind.open());
  return { ...context, ...context.as() };
}
