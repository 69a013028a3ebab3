import type { Policy } from "../../../policy/index.ts";

/** The kinds of S3's resources whose ARNs have a region. */
const regionalOfS3 = [
  "accesspoint/",
  "access-grants/",
  "async-request/",
  "job/",
  "storage-lens/",
  "storage-lens-group/",
];

/**
 * AWS's message about a resource that is an ARN but not one that a policy of a user, group, role or session may name;
 * `undefined` where all are fine. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceFault({ statements }: Policy): string | undefined {
  const resources = statements.flatMap(({ resource, notResource }) => [...(resource ?? []), ...(notResource ?? [])]);
  return resources.map(regionFault).find((fault) => fault !== undefined) ?? formFault(resources);
}

function regionFault(arn: string): string | undefined {
  const [, , service, region = "", , ...rest] = arn.split(":");
  if (rest.length === 0 || !/^[a-z0-9-]+$/.test(region)) return undefined;
  if (service === "iam") return `IAM resource ${arn} cannot contain region information.`;
  const name = rest.join(":");
  if (service !== "s3" || name.startsWith("*") || regionalOfS3.some((kind) => name.startsWith(kind))) return undefined;
  return `Resource ${arn} can not contain region information.`;
}

/** An ARN that leaves out a colon of `:::`, most often. */
function formFault(arns: readonly string[]): string | undefined {
  const isShort = (arn: string) => arn.includes("::") && arn.split(":").length < 6;
  return arns.some(isShort) ? "The policy failed legacy parsing" : undefined;
}
