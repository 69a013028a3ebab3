import { terminalReason } from "../secrets/index.ts";
import { locationOf } from "./location.ts";
import { type ParsedFile, parseEnvironmentFile } from "./parse.ts";
import type { ObjectSource } from "./s3-source.ts";

export type FilesOutcome =
  | { readonly outcome: "read" /** By ARN. */; readonly files: ReadonlyMap<string, ParsedFile> }
  | {
      readonly outcome: "failed";
      /** The task's stopped reason in the words of its launch type's agent. */
      readonly reason: string;
    };

/**
 * Reads the files with these ARNs, each once and all at the same time; nothing is read if an ARN is wrong. `source` is `undefined`
 * if the task has no execution role credentials.
 */
export async function readEnvironmentFiles(
  arns: readonly string[],
  source: ObjectSource | undefined,
  { launchType, signal }: { readonly launchType: string; readonly signal: AbortSignal },
): Promise<FilesOutcome> {
  const failed = (problems: readonly string[]) => ({
    outcome: "failed" as const,
    reason: reasonOf(problems.join(";"), launchType),
  });
  if (!source) return failed(["environment file resource: unable to find execution role credentials"]);
  const located = [...new Set(arns)].map((arn) => ({ arn, location: locationOf(arn) }));
  const wrong = located.flatMap(({ location }) => ("error" in location ? [location.error] : []));
  if (wrong.length > 0) return failed(wrong);
  const read = await Promise.all(
    located.map(async ({ arn, location }) => {
      if ("error" in location) return { arn, problem: location.error };
      const { bucket, key } = location;
      try {
        return { arn, file: parseEnvironmentFile(await source.getObject(location, signal)) };
      } catch (error) {
        const cause = error instanceof Error ? error.message : String(error);
        return { arn, problem: `unable to download env file with key ${key} from bucket ${bucket}, error: ${cause}` };
      }
    }),
  );
  const problems = read.flatMap((one) => ("problem" in one ? [one.problem] : []));
  if (problems.length > 0) return failed(problems);
  return { outcome: "read", files: new Map(read.flatMap((one) => ("file" in one ? [[one.arn, one.file]] : []))) };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html */
function reasonOf(text: string, launchType: string): string {
  if (launchType !== "FARGATE") return terminalReason(text);
  return `ResourceInitializationError: failed to download env files: file download command: non empty error stream: ${text}`;
}
