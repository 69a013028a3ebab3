/** The kinds of S3's resources whose ARNs have a region. */
const regionalOfS3 = [
  "accesspoint/",
  "access-grants/",
  "async-request/",
  "job/",
  "storage-lens/",
  "storage-lens-group/",
];

/** In the order of AWS's message. */
const kindsOfIam = [
  "user/",
  "federated-user/",
  "role/",
  "group/",
  "instance-profile/",
  "mfa/",
  "server-certificate/",
  "policy/",
  "sms-mfa/",
  "saml-provider/",
  "oidc-provider/",
  "report/",
  "access-report/",
];

/** Not in AWS's message, and in AWS's own policies. */
const laterKindsOfIam = /^(root$|contextProvider\/)/;

/**
 * AWS's message about a text that a policy may not have as resource; `undefined` where it may.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceFault(resource: string): string | undefined {
  if (resource === "*") return undefined;
  const [scheme, partition, service, ...rest] = resource.split(":");
  if (partition === undefined) return `Resource ${resource} must be in ARN format or "*".`;
  if (!/^(aws[a-z*?-]*|\*)$/.test(partition)) {
    return `Partition "${partition}" is not valid for resource "${completed(partition, service, rest)}".`;
  }
  if (scheme !== "arn") return `Resource ${resource} must be in ARN format or "*".`;
  if (service === undefined || /[*?]/.test(service)) {
    return "Resource vendor must be fully qualified and cannot contain regexes.";
  }
  const [region = "", , ...name] = rest;
  return name.length === 0 ? undefined : nameFault(resource, service, region, name.join(":"));
}

/** The ARN that the message shows, with a star for each part that is missing. */
function completed(partition: string, service: string | undefined, rest: readonly string[]): string {
  const [region = "*", account = "*", ...name] = rest;
  const shown = service === "" && rest.length === 0 ? "*" : (service ?? "*");
  return ["arn", partition, shown, region, account, name.length === 0 ? "*" : name.join(":")].join(":");
}

function nameFault(arn: string, service: string, region: string, name: string): string | undefined {
  const regional = /^[a-z0-9-]+$/.test(region);
  if (service === "s3") {
    if (!regional || name.startsWith("*") || regionalOfS3.some((kind) => name.startsWith(kind))) return undefined;
    return `Resource ${arn} can not contain region information.`;
  }
  if (service !== "iam") return undefined;
  if (regional) return `IAM resource ${arn} cannot contain region information.`;
  if (name === "*" || kindsOfIam.some((kind) => name.startsWith(kind))) return undefined;
  if (laterKindsOfIam.test(name)) return undefined;
  return `IAM resource path must either be "*" or start with ${kindsOfIam.join(", ")}.`;
}

/** An ARN that leaves out a colon of `:::`, most often, or the service. */
export function failsLegacyParsing(resource: string): boolean {
  if (resource === "*") return false;
  const parts = resource.split(":");
  return parts[2] === "" || (resource.includes("::") && parts.length < 6);
}
