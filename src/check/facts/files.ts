import { readEnvironmentFiles, S3Error, s3ErrorText } from "../../agent/environment-files/index.ts";
import { parseArn } from "../../arn.ts";
import { Unseen } from "../account/account.ts";
import type { DryOutcome } from "../dry-run/session.ts";
import { someRequest } from "../dry-run/session.ts";
import type { Definition, FileFact } from "./subject.ts";
import { outcomeOf, shown, type Tools } from "./tools.ts";

interface File {
  readonly pointer: string;
  readonly arn: string;
}

/** Files in Amazon S3 that the agent reads as the execution role: environment files, and a router's configuration. */
export async function fileFacts(tools: Tools, definition: Definition): Promise<readonly FileFact[]> {
  return (await Promise.all(filesOf(definition).map((file) => factsOf(tools, file)))).flat();
}

function filesOf({ containerDefinitions = [] }: Definition): readonly File[] {
  return containerDefinitions.flatMap(({ environmentFiles = [], firelensConfiguration }, index) => {
    const at = `/containerDefinitions/${index}`;
    const { "config-file-type": type, "config-file-value": value = "" } = firelensConfiguration?.options ?? {};
    return [
      ...environmentFiles.map(({ value = "" }, number) => ({
        pointer: `${at}/environmentFiles/${number}/value`,
        arn: value,
      })),
      ...(type === "s3" ? [{ pointer: `${at}/firelensConfiguration/options/config-file-value`, arn: value }] : []),
    ];
  });
}

async function factsOf(tools: Tools, file: File): Promise<readonly FileFact[]> {
  const { account, session } = tools;
  const [bucket = ""] = (parseArn(file.arn)?.resource ?? "").split("/");
  const bucketArn = `arn:${account.partition}:s3:::${bucket}`;
  const wanted = [
    ["s3:GetObject", file.arn],
    ["s3:GetBucketLocation", bucketArn],
  ] as const;
  return Promise.all(
    wanted.map(async ([action, resource]) => {
      const result = await session.may(account.region, { action, resource, resourceAccount: account.id });
      const reason = await reasonOf(tools, file.arn, result, resource);
      return {
        ...file,
        action,
        outcome: unlessUnseen(
          outcomeOf(tools, result, () => reason),
          action,
          resource,
        ),
      };
    }),
  );
}

/** Identity policies are seen; whether the file is there, and what the bucket's policy says, is not. */
function unlessUnseen(outcome: FileFact["outcome"], action: string, resource: string): FileFact["outcome"] {
  if (outcome.kind !== "ok" || action !== "s3:GetObject") return outcome;
  const why = "the role's policies allow it; the bucket, its policy and the file are not looked at";
  return { kind: "unknown", unseen: new Unseen(action, resource, why) };
}

/** As the agent words it. */
async function reasonOf(
  { launchType }: Tools,
  arn: string,
  result: DryOutcome<undefined>,
  resource: string,
): Promise<string> {
  if (result.outcome !== "failed") return "";
  // S3 quotes the resource.
  const message = result.error.message.replace(` ${resource} `, ` "${resource}" `);
  const fields = { code: "AccessDenied", status: 403, requestId: someRequest, hostId: "<host-id>" };
  const source = {
    async getObject(): Promise<never> {
      throw new Error(s3ErrorText(new S3Error(message, fields), 1));
    },
  };
  const read = await readEnvironmentFiles([arn], source, { launchType, signal: AbortSignal.timeout(1_000) });
  return read.outcome === "failed" ? shown(read.reason) : "";
}
