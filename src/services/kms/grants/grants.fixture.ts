import { IAM } from "@aws-sdk/client-iam";
import type { CreateGrantRequest } from "@aws-sdk/client-kms";
import type { TestDatabase } from "../../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../../test/support/in-process.ts";
import { randomIds } from "../../../ids.ts";
import type { Principal } from "../../../model/call.ts";
import { authorizer, iamService, iamStore, principalExists } from "../../iam/index.ts";
import { openKms } from "../kms.fixture.ts";

/** The root user of another account. */
export const stranger: Principal = {
  kind: "root",
  arn: "arn:aws:iam::444455556666:root",
  account: "444455556666",
  userId: "444455556666",
  accessKeyId: "AKIAOTHER",
};

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** KMS and IAM with real decisions: a key, the users alice and bob, and a session of a role. */
export async function openGrants(kind?: TestDatabase) {
  let users: ReturnType<typeof iamStore> | undefined;
  const opened = await openKms(kind, ({ database, keyring }) => {
    const store = iamStore(database, keyring);
    users = store;
    return { authorize: authorizer({ store }), principalExists: (arn) => principalExists(store, arn) };
  });
  const { kms, clock } = opened;
  const iam = new IAM(inProcess([iamService({ store: users!, ids: randomIds })], { clock }));

  async function user(UserName: string): Promise<Principal> {
    const { User } = await iam.createUser({ UserName });
    const { Arn: arn, UserId: userId } = User!;
    return { kind: "user", arn: arn!, account: testAccount, userId: userId!, userName: UserName, accessKeyId: "AKIA" };
  }

  const { Role } = await iam.createRole({ RoleName: "app", AssumeRolePolicyDocument: trust });
  const session: Principal = {
    kind: "assumed-role",
    arn: `arn:aws:sts::${testAccount}:assumed-role/app/task`,
    account: testAccount,
    userId: `${Role!.RoleId}:task`,
    accessKeyId: "ASIA",
    roleArn: Role!.Arn!,
  };
  const [alice, bob] = [await user("alice"), await user("bob")];
  const KeyId = (await opened.create()).arn;
  return {
    ...opened,
    iam,
    alice,
    bob,
    session,
    KeyId,
    grant: (grantee: Principal, more: Partial<CreateGrantRequest> = {}) =>
      kms.createGrant({
        KeyId,
        GranteePrincipal: grantee.roleArn ?? grantee.arn,
        Operations: ["Encrypt", "Decrypt"],
        ...more,
      }),
  };
}
