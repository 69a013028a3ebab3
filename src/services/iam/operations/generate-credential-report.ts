import { GenerateCredentialReportCommand } from "@aws-sdk/client-iam";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { type Credentials, credentialReport, reportLifetime } from "../credentials/credential-report.ts";
import type { User } from "../entities/entity.ts";
import { nameKey } from "../names.ts";
import type { IamStore } from "../store.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html */
export const generateCredentialReport = operation(GenerateCredentialReportCommand)({
  access: onAccount,
  async run(_found, _input, { store }: Iam, call) {
    const { credentialReport: known, passwordPolicy } = await store.account.settings(call.account);
    if (known && call.time.getTime() - known.generatedAt.getTime() < reportLifetime) return { State: "COMPLETE" };
    const content = credentialReport(call, await readUsers(store, call), passwordPolicy?.maxAge);
    await store.account.change(call.account, {
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

async function readUsers(store: IamStore, { account }: Call): Promise<Credentials[]> {
  const all: Credentials[] = [];
  for (let users: User[] | undefined; users === undefined || users.length === batch; ) {
    const after = nameKey(all.at(-1)?.user.name ?? "");
    users = await store.users.list(account, { pathPrefix: "/", after, limit: batch });
    const ids = users.map(({ id }) => id);
    const profiles = await store.loginProfiles.findOfAll(ids);
    const keys = await store.accessKeys.listOfAll(ids);
    const certificates = await store.signingCertificates.listOfAll(ids);
    const holders = await store.mfaDevices.holders(ids);
    const uses = await store.uses.find([...keys.values()].flatMap((all) => all.map(({ id }) => id)));
    all.push(
      ...users.map((user) => ({
        user,
        profile: profiles.get(user.id),
        hasMfaDevice: holders.has(user.id),
        keys: keys.get(user.id) ?? [],
        certificates: certificates.get(user.id) ?? [],
        uses,
      })),
    );
  }
  return all;
}
