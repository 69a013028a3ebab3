import { parseArn } from "../../arn.ts";
import { type Account, once, type SeenOrganization, see } from "./account.ts";
import type { Clients } from "./clients.ts";
import { imagesReader, logsReader } from "./images-and-logs.ts";
import { keysReader } from "./keys.ts";
import { parametersReader } from "./parameters.ts";
import { roleReader } from "./roles.ts";
import { secretsReader } from "./secrets.ts";

export interface AccountOptions {
  readonly clients: Clients;
  readonly isAws: boolean;
  /** Secret values may be read. */
  readonly values: boolean;
}

/** The account of the clients' credentials. Rejects if they are not known. */
export async function sdkAccount({ clients, isAws, values }: AccountOptions): Promise<Account> {
  const { Account: id = "", Arn: arn = "" } = await (await clients.sts()).getCallerIdentity({});
  return {
    id,
    region: clients.region,
    partition: parseArn(arn)?.partition ?? "aws",
    isAws,
    readsValues: values,
    ...roleReader(clients, { id }),
    ...secretsReader(clients, values),
    ...parametersReader(clients, values),
    ...keysReader(clients),
    ...imagesReader(clients),
    ...logsReader(clients, id),
    organization: once(() => organizationOf(clients)),
  };
}

async function organizationOf(clients: Clients): Promise<SeenOrganization | undefined> {
  const client = await clients.organizations();
  const answer = await see("organizations:DescribeOrganization", "*", () => client.describeOrganization({}), [
    "AWSOrganizationsNotInUseException",
  ]);
  const { Id, MasterAccountId } = answer?.Organization ?? {};
  return Id === undefined || MasterAccountId === undefined ? undefined : { id: Id, managementAccount: MasterAccountId };
}
