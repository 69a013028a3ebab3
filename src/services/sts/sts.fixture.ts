import type { CreateRoleCommandInput, Tag } from "@aws-sdk/client-iam";
import { policy } from "../../../test/support/clients.ts";
import { databases, type TestDatabase } from "../../../test/support/databases.ts";
import { testAccount } from "../../../test/support/in-process.ts";
import { served } from "../../../test/support/served.ts";

/** The ARN of something of IAM's in the test's account: `role/r`. */
export function iamArn(resource: string): string {
  return `arn:aws:iam::${testAccount}:${resource}`;
}

/** The ARN of something of STS's in the test's account: `assumed-role/r/session`. */
export function stsArn(resource: string): string {
  return `arn:aws:sts::${testAccount}:${resource}`;
}

/** A statement of a trust policy. */
export function trusting(Principal: object, Action: string | readonly string[] = "sts:AssumeRole") {
  return { Effect: "Allow", Principal, Action };
}

/** Trusts the whole account, whose identity policies decide. */
export const trustingAccount = trusting({ AWS: iamArn("root") });

/** The control plane with signatures verified, and clients of the account's root user. SQLite unless given. */
export async function openSts(kind: TestDatabase = databases()[0]!, options?: Parameters<typeof served>[1]) {
  const { root: rootCredentials, ...context } = await served(await kind.open(), options);
  const root = context.as(rootCredentials);
  return {
    ...context,
    root,
    rootCredentials,
    tokens: context.plane.sessions,
    /** A new user with an access key, and her clients. */
    async user(
      UserName: string,
      { statements = [], Tags = [] }: { statements?: readonly object[]; Tags?: Tag[] } = {},
    ) {
      const { User: user } = await root.iam.createUser({ UserName, Tags });
      if (statements.length > 0) {
        await root.iam.putUserPolicy({ UserName, PolicyName: "p", PolicyDocument: policy(...statements) });
      }
      const { AccessKey: key } = await root.iam.createAccessKey({ UserName });
      const credentials = { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
      return { arn: user!.Arn!, id: user!.UserId!, credentials, ...context.as(credentials) };
    },
    /** A new role with this trust policy. */
    async role(RoleName: string, trust: readonly object[], input: Partial<CreateRoleCommandInput> = {}) {
      const AssumeRolePolicyDocument = policy(...trust);
      const { Role: role } = await root.iam.createRole({ RoleName, AssumeRolePolicyDocument, ...input });
      return { arn: role!.Arn!, id: role!.RoleId! };
    },
  };
}
