import * as sdk from "@aws-sdk/client-iam";
import { allow, policy } from "../../../../test/support/clients.ts";
import type { TestDatabase } from "../../../../test/support/databases.ts";
import { inProcess } from "../../../../test/support/in-process.ts";
import { type Credentials, credentialsIn, served } from "../../../../test/support/served.ts";
import { arnOf } from "../iam.fixture.ts";
import { type IamOptions, iamService } from "../service.ts";

export { allow, policy };

/** The whole control plane, whose audit trail the reports of when services were last accessed are made from. */
export async function openLastAccessed(kind: TestDatabase) {
  const context = await served(await kind.open());
  const { iam, ...root } = context.as();
  return {
    ...{ context, iam, root },
    /** The time in whole seconds. */
    now: () => new Date(Math.floor(context.clock.now().getTime() / 1000) * 1000),
    async generate(Arn: string, Granularity?: "ACTION_LEVEL", as = iam): Promise<string> {
      const { JobId } = await as.generateServiceLastAccessedDetails({ Arn, ...(Granularity && { Granularity }) });
      return JobId ?? "";
    },
    async user(UserName: string, ...statements: readonly object[]): Promise<Credentials> {
      await iam.createUser({ UserName });
      if (statements.length > 0) {
        await iam.putUserPolicy({ UserName, PolicyName: "p", PolicyDocument: policy(...statements) });
      }
      const { AccessKey: key } = await iam.createAccessKey({ UserName });
      return { accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" };
    },
    /** A role that everyone in the account may assume. */
    async role(RoleName: string, ...statements: readonly object[]): Promise<void> {
      const trust = { Effect: "Allow", Principal: { AWS: arnOf("root") }, Action: "sts:AssumeRole" };
      await iam.createRole({ RoleName, AssumeRolePolicyDocument: policy(trust) });
      if (statements.length === 0) return;
      await iam.putRolePolicy({ RoleName, PolicyName: "p", PolicyDocument: policy(...statements) });
    },
    async assume(caller: Credentials, role: string) {
      const assumption = { RoleArn: arnOf(`role/${role}`), RoleSessionName: "session" };
      return context.as(credentialsIn(await context.as(caller).sts.assumeRole(assumption)));
    },
    async report(JobId: string, page: object = {}, as = iam) {
      for (;;) {
        const report = await as.getServiceLastAccessedDetails({ JobId, ...page });
        if (report.JobStatus !== "IN_PROGRESS") return report;
      }
    },
    /** Another process that shares the database. */
    start({ trail }: Pick<IamOptions, "trail">) {
      const { clock, plane } = context;
      const ids = { ...plane.organizations.ids };
      return new sdk.IAM(inProcess([iamService({ store: plane.iam, ids, ...(trail && { trail }) })], { clock }));
    },
    [Symbol.asyncDispose]: () => context[Symbol.asyncDispose](),
  };
}
