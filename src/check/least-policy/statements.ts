import type { Access } from "../../model/call.ts";
import { someTask } from "../facts/tools.ts";
import type { Missing } from "./recorder.ts";

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal?: { readonly AWS: string };
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, readonly string[]>> };
}

/** The statements of a task execution role, in this order, each with what it allows. */
const purposes: readonly (readonly [sid: string, actions: RegExp, via?: RegExp])[] = [
  ["ReadSecrets", /^secretsmanager:GetSecretValue$/],
  ["ReadParameters", /^ssm:GetParameters$/],
  ["ReadParameterPaths", /^ssm:GetParametersByPath$/],
  ["DecryptSecrets", /^kms:Decrypt$/, /^secretsmanager\./],
  ["DecryptParameters", /^kms:Decrypt$/, /^ssm\./],
  ["GetRegistryToken", /^ecr:GetAuthorizationToken$/],
  ["PullImages", /^ecr:(?!GetAuthorizationToken$)/],
  ["MakeLogGroups", /^logs:CreateLogGroup$/],
  ["WriteLogs", /^logs:(?!CreateLogGroup$)/],
  ["ReadFiles", /^s3:GetObject$/],
  ["FindBuckets", /^s3:GetBucketLocation$/],
];

/** What the role's own policy has to allow: one statement a purpose. */
export function identityStatements(missing: readonly Missing[]): readonly PolicyStatement[] {
  const accesses = missing.filter(({ kind }) => kind === "identity").map(({ access }) => access);
  return purposes.flatMap(([Sid, actions, via]) => {
    const own = accesses.filter((access) => actions.test(access.action) && (!via || via.test(viaOf(access))));
    return own.length === 0 ? [] : [{ Sid, Effect: "Allow" as const, ...statementOf(own), ...conditionOf(own) }];
  });
}

/** What the policies of resources have to allow, by the resource's ARN. */
export function resourceStatements(missing: readonly Missing[], roleArn: string): ReadonlyMap<string, PolicyStatement> {
  const byResource = new Map<string, Access[]>();
  for (const { kind, access } of missing) {
    if (kind !== "resource") continue;
    byResource.set(access.resource, [...(byResource.get(access.resource) ?? []), access]);
  }
  return new Map(
    [...byResource].map(([resource, accesses]) => {
      const statement: PolicyStatement = {
        Sid: "AllowTaskExecutionRole",
        Effect: "Allow",
        Principal: { AWS: roleArn },
        ...statementOf(accesses),
        Resource: ["*"],
        ...conditionOf(accesses),
      };
      return [resource, statement] as const;
    }),
  );
}

function statementOf(accesses: readonly Access[]) {
  return {
    Action: distinct(accesses.map(({ action }) => action)),
    Resource: distinct(accesses.map(({ resource }) => patternOf(resource))),
  };
}

/** A task's id is not known before, and of a secret that is not there the suffix. Keys of Amazon S3 may have what patterns have. */
function patternOf(resource: string): string {
  if (/^arn:[^:]*:s3:/.test(resource)) return resource.replace(/[*?$]/g, (sign) => `\${${sign}}`);
  const isIncomplete = /^arn:[^:]*:secretsmanager:/.test(resource) && !/-[A-Za-z0-9]{6}$/.test(resource);
  return isIncomplete ? `${resource}-??????` : resource.replace(new RegExp(`(${someTask})+`, "g"), "*");
}

/** Keys decrypt for this purpose only. The version of a secret, which its context has too, changes. */
function conditionOf(accesses: readonly Access[]): Pick<PolicyStatement, "Condition"> {
  const keys = ["kms:ViaService", "kms:EncryptionContext:SecretARN", "kms:EncryptionContext:PARAMETER_ARN"];
  const found = keys.flatMap((key) => {
    const values = distinct(accesses.flatMap(({ conditions }) => conditions?.[key] ?? []));
    return values.length === 0 ? [] : [[key, values] as const];
  });
  return found.length === 0 ? {} : { Condition: { StringEquals: Object.fromEntries(found) } };
}

function viaOf({ conditions }: Access): string {
  return String(conditions?.["kms:ViaService"] ?? "");
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
