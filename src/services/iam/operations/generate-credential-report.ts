import { GenerateCredentialReportCommand } from "@aws-sdk/client-iam";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { type Credentials, credentialReport } from "../credentials/credential-report.ts";
import { nameKey, type User, wholeSeconds } from "../entities/entity.ts";

/** Milliseconds for which a report is good. */
export const reportLifetime = 4 * 60 * 60 * 1000;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html */
export const generateCredentialReport = operation(GenerateCredentialReportCommand)({
  access: onAccount("iam:GenerateCredentialReport"),
  async run(_input, { store }: Iam, call) {
    const { credentialReport: known, passwordPolicy } = await store.findAccountSettings(call.account);
    if (known && call.time.getTime() - known.generatedAt.getTime() < reportLifetime) return { State: "COMPLETE" };
    const content = credentialReport(call, await readUsers(store, call), passwordPolicy?.maxAge);
    await store.changeAccountSettings(call.account, {
      credentialReport: { content, generatedAt: wholeSeconds(call.time) },
    });
    return {
      State: "STARTED",
      Description: known
        ? "The existing report has expired. Starting a new report generation task"
        : "No report exists. Starting a new report generation task",
    };
  },
});

const batch = 500;

async function readUsers(store: Iam["store"], { account }: Call): Promise<Credentials[]> {
  const all: Credentials[] = [];
  for (let users: User[] | undefined; users === undefined || users.length === batch; ) {
    const after = nameKey(all.at(-1)?.user.name ?? "");
    users = await store.listEntities(account, "user", { pathPrefix: "/", after, limit: batch });
    const ids = users.map(({ id }) => id);
    const profiles = await store.findLoginProfiles(ids);
    const keys = await store.listAccessKeysOf(ids);
    const uses = await store.findUses([...keys.values()].flatMap((all) => all.map(({ id }) => id)));
    all.push(...users.map((user) => ({ user, profile: profiles.get(user.id), keys: keys.get(user.id) ?? [], uses })));
  }
  return all;
}
