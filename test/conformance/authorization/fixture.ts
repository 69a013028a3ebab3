import { acsSession } from "../../../src/services/ecs/index.ts";
import { certified, issueCertificate } from "../../support/certificate.ts";
import { testAccount, testRegion } from "../../support/in-process.ts";
import { samlMetadata as metadataOf } from "../../support/saml-provider.ts";
import { until } from "../../support/until.ts";
import type { Plane } from "./plane.ts";
import { signinTokens } from "./signin-tokens.ts";

const account = `arn:aws:iam::${testAccount}:root`;
const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
export const identityPolicy = document({ Effect: "Allow", Action: "ssm:*", Resource: "*" });
export const resourcePolicy = document({ Effect: "Allow", Principal: { AWS: account }, Action: "*", Resource: "*" });
export const trustPolicy = document({
  Effect: "Allow",
  Principal: { Service: "ecs-tasks.amazonaws.com", AWS: account },
  Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
});

export const tags = [{ Key: "team", Value: "web" }];
export const ecsTags = [{ key: "team", value: "web" }];
export const kmsTags = [{ TagKey: "team", TagValue: "web" }];
export const iamArn = (resource: string) => `arn:aws:iam::${testAccount}:${resource}`;
export const arn = (service: string, resource: string) => `arn:aws:${service}:${testRegion}:${testAccount}:${resource}`;
export const versionId = "11111111-1111-4111-8111-111111111111";
export const rotationFunction = arn("lambda", "function:sealift-rotate-password");
export const context = { app: "web" };
const { certificate, privateKey } = await certified();
export const samlMetadata = metadataOf([certificate]);
const samlPrivateKey = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
export const boundary = "arn:aws:iam::aws:policy/PowerUserAccess";

/** Makes a resource of each kind, with tags and whatever else condition keys are about. */
export async function makeResources({ run, bound, ecs, controlPlane }: Plane) {
  /** Skips an operation that another version of this program lacks. */
  const runIfThere = async (service: string, name: string, input: object) => {
    if (isThere(() => bound(service, name))) await run(service, name, { ...input });
  };
  const key = await makeKey({ MultiRegion: true }, "alias/app");
  const signing = await makeKey({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }, "alias/signing");
  const agreement = await makeKey({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" }, "alias/agreement");
  const mac = await makeKey({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }, "alias/mac");
  const external = await makeKey({ Origin: "EXTERNAL" }, "alias/external");
  const { CiphertextBlob: blob } = await run<{ CiphertextBlob: Uint8Array }>("kms", "Encrypt", {
    ...{ KeyId: key, Plaintext: Buffer.from("text"), EncryptionContext: context },
  });
  await run("iam", "CreateRole", {
    ...{ RoleName: "app", AssumeRolePolicyDocument: trustPolicy, Tags: tags, PermissionsBoundary: boundary },
  });
  await run("iam", "CreateUser", { UserName: "app", Tags: tags, PermissionsBoundary: boundary });
  await run("iam", "CreatePolicy", { PolicyName: "app", PolicyDocument: identityPolicy, Tags: tags });
  await run("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "app", PolicyDocument: identityPolicy });
  await runIfThere("iam", "CreateGroup", { GroupName: "app" });
  await runIfThere("iam", "CreateInstanceProfile", { InstanceProfileName: "app", Tags: tags });
  const provider = { Url: "https://idp.example.com", ClientIDList: ["client"], ThumbprintList: ["0".repeat(40)] };
  await runIfThere("iam", "CreateOpenIDConnectProvider", { ...provider, Tags: tags });
  const saml = { Name: "app", SAMLMetadataDocument: samlMetadata, AddPrivateKey: samlPrivateKey };
  await runIfThere("iam", "CreateSAMLProvider", { ...saml, Tags: tags });
  await runIfThere("iam", "CreateVirtualMFADevice", { VirtualMFADeviceName: "app", Tags: tags });
  const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("app");
  const certificate = { ServerCertificateName: "app", CertificateBody, PrivateKey, Tags: tags };
  await runIfThere("iam", "UploadServerCertificate", certificate);
  const credential = await makeServiceCredential();
  const { GrantId: grant } = await run<{ GrantId: string }>("kms", "CreateGrant", {
    ...{ KeyId: key, GranteePrincipal: iamArn("role/app"), Operations: ["Encrypt", "Decrypt"] },
    Constraints: { EncryptionContextEquals: context },
  });
  await run("logs", "CreateLogGroup", { logGroupName: "app", tags: { team: "web" } });
  await run("logs", "CreateLogStream", { logGroupName: "app", logStreamName: "web" });
  await run("logs", "PutQueryDefinition", { name: "errors", queryString: "fields @message" });
  const query = await makeQuery();
  await run("ssm", "PutParameter", { Name: "/app/db", Type: "String", Value: "v", Tier: "Advanced", Tags: tags });
  const created = { Name: "app", SecretString: "{}", Tags: tags, ClientRequestToken: versionId };
  const { ARN: secret } = await run<{ ARN: string }>("secretsmanager", "CreateSecret", created);
  await run("secretsmanager", "RotateSecret", {
    ...{ SecretId: "app", RotationLambdaARN: rotationFunction, RotateImmediately: false },
    ClientRequestToken: versionId.replaceAll("1", "2"),
    RotationRules: { AutomaticallyAfterDays: 30 },
  });
  const container = { name: "web", image: "busybox", memory: 64, essential: true };
  await runIfThere("ecr", "CreateRepository", { repositoryName: "app", tags });
  await run("ecs", "RegisterTaskDefinition", {
    ...{ family: "app", containerDefinitions: [container], tags: ecsTags, executionRoleArn: iamArn("role/app") },
    ...{ taskRoleArn: iamArn("role/app"), cpu: "256", memory: "512" },
  });
  await run("ecs", "CreateCluster", { clusterName: "app", tags: ecsTags });
  const autoScalingGroupProvider = { autoScalingGroupArn: "app" };
  await runIfThere("ecs", "CreateCapacityProvider", { name: "app", autoScalingGroupProvider, tags: ecsTags });
  const service = { cluster: "app", serviceName: "app", taskDefinition: "app", desiredCount: 0, tags: ecsTags };
  await run("ecs", "CreateService", service);
  const { containerInstance } = await run<{ containerInstance: { containerInstanceArn: string } }>(
    "ecs",
    "RegisterContainerInstance",
    {
      cluster: "app",
      totalResources: [
        { name: "CPU", type: "INTEGER", integerValue: 2048 },
        { name: "MEMORY", type: "INTEGER", integerValue: 4096 },
      ],
      attributes: [
        "com.amazonaws.ecs.capability.docker-remote-api.1.18",
        "ecs.capability.execute-command",
        "sealift.execute-command",
      ].map((name) => ({ name })),
      tags: ecsTags,
    },
  );
  const instance = containerInstance.containerInstanceArn;
  // Tasks are placed where an agent is connected.
  const agent = await acsSession(ecs, instance, { send() {}, close() {} });
  await run("ecs", "RegisterTaskDefinition", { family: "plain", containerDefinitions: [container] });
  const { tasks, failures } = await run<{ tasks: { taskArn: string }[]; failures: object[] }>("ecs", "StartTask", {
    ...{ cluster: "app", taskDefinition: "plain", containerInstances: [instance], tags: ecsTags },
    enableExecuteCommand: true,
  });
  if (!tasks[0]) throw new Error(`No task was placed: ${JSON.stringify(failures)}`);
  const { taskArn } = tasks[0];
  await run("ecs", "SubmitTaskStateChange", {
    ...{ cluster: "app", task: taskArn, status: "RUNNING", containers: [{ containerName: "web", status: "RUNNING" }] },
    managedAgents: [{ containerName: "web", managedAgentName: "ExecuteCommandAgent", status: "RUNNING" }],
  });
  const command = { cluster: "app", task: taskArn, command: "sh", interactive: true };
  const { session } = await run<{ session: { sessionId: string } }>("ecs", "ExecuteCommand", command);
  const execSession = session.sessionId;
  await agent?.closed();
  const tokens = await signinTokens({ controlPlane });
  return {
    key,
    signing,
    agreement,
    mac,
    external,
    blob,
    grant,
    secret,
    instance,
    task: taskArn,
    credential,
    query,
    execSession,
    tokens,
  };

  /** A query that is complete. */
  async function makeQuery(): Promise<string> {
    const query = { logGroupName: "app", startTime: 0, endTime: 2_000_000_000, queryString: "fields @message" };
    const { queryId } = await run<{ queryId: string }>("logs", "StartQuery", query);
    const status = async () => (await run<{ status: string }>("logs", "GetQueryResults", { queryId })).status;
    await until("the query is complete", async () => (await status()) === "Complete");
    return queryId;
  }

  async function makeServiceCredential(): Promise<string> {
    const input = { UserName: "app", ServiceName: "codecommit.amazonaws.com" };
    const name = "CreateServiceSpecificCredential";
    if (!isThere(() => bound("iam", name))) return "ACCAIOSFODNN7EXAMPLE1";
    const { ServiceSpecificCredential: made } = await run<{
      ServiceSpecificCredential: { ServiceSpecificCredentialId: string };
    }>("iam", name, input);
    return made.ServiceSpecificCredentialId;
  }

  /** A tagged key with an alias. */
  async function makeKey(input: object, alias: string): Promise<string> {
    const { KeyMetadata: made } = await run<{ KeyMetadata: { KeyId: string } }>("kms", "CreateKey", {
      ...input,
      Tags: kmsTags,
    });
    await run("kms", "CreateAlias", { AliasName: alias, TargetKeyId: made.KeyId });
    return made.KeyId;
  }
}

export type Resources = Awaited<ReturnType<typeof makeResources>>;

function isThere(look: () => unknown): boolean {
  try {
    return look() !== undefined;
  } catch {
    return false;
  }
}
