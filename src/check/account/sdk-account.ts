import { DescribeOrganizationCommand } from "@aws-sdk/client-organizations";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { parseArn } from "../../arn.ts";
import { type Account, once, type SeenOrganization, see } from "./account.ts";
import type { Calls } from "./calls.ts";
import { imagesReader } from "./images.ts";
import { keysReader } from "./keys.ts";
import { logsReader } from "./logs.ts";
import { parametersReader } from "./parameters.ts";
import { roleReader } from "./roles.ts";
import { secretsReader } from "./secrets.ts";

export interface AccountOptions {
  readonly calls: Calls;
  readonly isAws: boolean;
  /** Secret values may be read. */
  readonly values: boolean;
}

/** The account of the calls' credentials. Rejects if they are not known. */
export async function sdkAccount({ calls, isAws, values }: AccountOptions): Promise<Account> {
  const { Account: id = "", Arn: arn = "" } = await calls.send(new GetCallerIdentityCommand({}));
  return {
    id,
    region: calls.region,
    partition: parseArn(arn)?.partition ?? "aws",
    isAws,
    readsValues: values,
    ...roleReader(calls, { id }),
    ...secretsReader(calls, values),
    ...parametersReader(calls, values),
    ...keysReader(calls),
    ...imagesReader(calls),
    ...logsReader(calls, id),
    organization: once(() => organizationOf(calls)),
  };
}

async function organizationOf(calls: Calls): Promise<SeenOrganization | undefined> {
  const answer = await see(
    "organizations:DescribeOrganization",
    "*",
    () => calls.send(new DescribeOrganizationCommand({})),
    ["AWSOrganizationsNotInUseException"],
  );
  const { Id, MasterAccountId } = answer?.Organization ?? {};
  return Id === undefined || MasterAccountId === undefined ? undefined : { id: Id, managementAccount: MasterAccountId };
}
