import { ApiError } from "../../../model/api-error.ts";
import { lazySdk } from "../../../model/lazy-sdk.ts";
import { invalidParameter } from "../errors.ts";
import type { LaunchType } from "./launch-type.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-ecs")>("@aws-sdk/client-ecs");

/** Those of Linux. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html */
const versions: readonly string[] = ["LATEST", "1.4.0", "1.3.0"];

/** The version that LATEST means. */
const newest = "1.4.0";

/** The platform version of a request; LATEST unless given. Throws AWS's refusal of one that is not there, or not on Fargate. */
export function readPlatformVersion(given: string | undefined, launchType: LaunchType): string | undefined {
  if (launchType === "FARGATE") {
    if (given === undefined || given === "") return "LATEST";
    if (versions.includes(given)) return given;
    throw new ApiError(sdk().PlatformUnknownException$, "The specified platform version does not exist.");
  }
  if (given === undefined || given === "") return undefined;
  throw invalidParameter(`The platform version must be null when specifying an ${launchType} launch type.`);
}

/** As `readPlatformVersion`, for a task that starts now. */
export function taskPlatformVersion(given: string | undefined, launchType: LaunchType): string | undefined {
  const version = readPlatformVersion(given, launchType);
  return version && runningPlatformVersion(version);
}

/** The version that tasks run on, as DescribeTasks shows it. */
export function runningPlatformVersion(version: string | undefined): string {
  return version === undefined || version === "LATEST" ? newest : version;
}
