import { defined } from "../../defined.ts";
import type { SecretVersion } from "./secret.ts";

/** A Secrets Manager `valueFrom` taken apart. */
export interface SecretReference extends SecretVersion {
  /** A top-level key of the secret's JSON; without it the whole secret string is meant. */
  readonly jsonKey?: string;
}

export type ParsedReference =
  | { readonly ok: true; readonly reference: SecretReference }
  | { readonly ok: false; readonly error: string };

/**
 * Parses `arn:…:secret:id` or `arn:…:secret:id:json-key:version-stage:version-id`, where an empty part is omitted.
 * Error texts are those of Go's `arn.Parse` and of AWS's agent.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function parseSecretReference(valueFrom: string): ParsedReference {
  if (!valueFrom.startsWith("arn:")) return { ok: false, error: "arn: invalid prefix" };
  const sections = valueFrom.split(":");
  if (sections.length < 6) return { ok: false, error: "arn: not enough sections" };
  const resource = sections.slice(5);
  if (resource.length === 2) return { ok: true, reference: { secretId: valueFrom } };
  if (resource.length !== 5) {
    return {
      ok: false,
      error:
        "an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again.",
    };
  }
  const [, , jsonKey, versionStage, versionId] = resource;
  return {
    ok: true,
    reference: {
      secretId: sections.slice(0, 7).join(":"),
      // An empty part is left out.
      ...defined({
        jsonKey: jsonKey || undefined,
        versionStage: versionStage || undefined,
        versionId: versionId || undefined,
      }),
    },
  };
}

/** A Parameter Store reference taken apart at its selector. */
export interface ParameterReference {
  /** Name or ARN, without selector. */
  readonly base: string;
  /** Version or label, without colon; empty if there is none. */
  readonly selector: string;
  /** The name that an ARN stands for; `base` itself if that is a name. */
  readonly name: string;
}

const parameterArn = /^arn:[^:]*:ssm:([^:]*):([^:]*):parameter\/([^:]*)(?::(.*))?$/s;

export function isParameterArn(text: string): boolean {
  return parameterArn.test(text);
}

export function parseParameterReference(reference: string): ParameterReference {
  const path = parameterArn.exec(reference)?.[3];
  if (path === undefined) {
    const [base = "", ...selector] = reference.split(":");
    if (base === "arn") return { base: reference, selector: "", name: reference };
    return { base, selector: selector.join(":"), name: base };
  }
  const selector = parameterArn.exec(reference)?.[4] ?? "";
  const base = selector === "" ? reference.replace(/:$/, "") : reference.slice(0, -selector.length - 1);
  return { base, selector, name: nameOf(path) };
}

/**
 * The name for GetParameters: the plain name where an ARN is of the caller's own account and region, so that errors
 * name it as AWS's do; else the ARN, which a parameter shared by another account needs.
 */
export function parameterToRequest(valueFrom: string, caller: { readonly account: string; readonly region: string }) {
  const [, region, account, path, selector] = parameterArn.exec(valueFrom) ?? [];
  if (path === undefined) return valueFrom;
  const foreign = (account && account !== caller.account) || (region && region !== caller.region);
  if (foreign) return valueFrom;
  return selector ? `${nameOf(path)}:${selector}` : nameOf(path);
}

/** ARNs leave out the slash that a hierarchical name begins with; a flat name has none. */
function nameOf(path: string): string {
  return path.includes("/") ? `/${path}` : path;
}
