import { ParameterNotFound$, type Parameter as ShownParameter } from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import type { FoundSecret, SecretReader } from "../../secrets-manager/index.ts";
import { invalidSelector, validation } from "../errors.ts";
import { parameterArn } from "./parameter.ts";

const prefix = "/aws/reference/secretsmanager/";

/** Secrets Manager is asked by this service, with the caller's permissions. */
const calledVia = ["ssm.amazonaws.com"];

/** A parameter's name that means a secret. */
export interface SecretReference {
  /** As it was asked for, without the selector. */
  readonly name: string;
  readonly secretId: string;
  /** A version id or a staging label, with a colon before it. */
  readonly selector: string;
}

/** What is to be shown of a secret, and what reading it needs. */
export interface ReferencedSecret {
  readonly accesses: readonly Access[];
  shown(): Promise<ShownParameter>;
}

/** Whether a name is one of Secrets Manager's. */
export function isSecretReference(asked: string): boolean {
  return asked.trim().startsWith(prefix);
}

/**
 * Finds the secret that a name means; throws where AWS would before it looks.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
export async function referencedSecret(
  secrets: SecretReader,
  call: Call,
  action: "GetParameter" | "GetParameters",
  asked: string,
  withDecryption: boolean | undefined,
): Promise<ReferencedSecret> {
  const reference = parseSecretReference(asked);
  if (!withDecryption) {
    throw validation("WithDecryption flag must be True for retrieving a Secret Manager secret.");
  }
  const selector = reference.selector.slice(1);
  const found = await passOn(reference, () =>
    secrets.find(
      { ...call, calledVia },
      reference.secretId,
      isVersionId(selector) ? { versionId: selector } : stageOf(selector),
    ),
  );
  return {
    accesses: [
      { action: `ssm:${action}`, resource: parameterArn(call, reference.name) },
      { ...found.access, calledVia },
    ],
    shown: () => passOn(reference, async () => shownSecret(reference, await found.read())),
  };
}

function parseSecretReference(asked: string): SecretReference {
  const [name = "", ...selectors] = asked.trim().split(":");
  if (selectors.length > 1 || selectors[0] === "") {
    throw invalidSelector();
  }
  const selector = selectors[0] === undefined ? "" : `:${selectors[0]}`;
  return { name, secretId: name.slice(prefix.length), selector };
}

function isVersionId(selector: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(selector);
}

function stageOf(selector: string): { readonly stage?: string } {
  return selector === "" ? {} : { stage: selector };
}

type Secret = Awaited<ReturnType<FoundSecret["read"]>>;

function shownSecret({ name, selector }: SecretReference, secret: Secret): ShownParameter {
  return {
    Name: name,
    Type: "SecureString",
    ...(secret.SecretString !== undefined && { Value: secret.SecretString }),
    Version: 0,
    ...(selector !== "" && { Selector: selector }),
    SourceResult: JSON.stringify({
      ARN: secret.ARN,
      name: secret.Name,
      versionId: secret.VersionId,
      secretString: secret.SecretString,
      versionStages: secret.VersionStages ?? [],
      createdDate: secret.CreatedDate,
    }),
    ...(secret.CreatedDate && { LastModifiedDate: secret.CreatedDate }),
    ...(secret.ARN !== undefined && { ARN: secret.ARN }),
  };
}

/** Words Secrets Manager's refusals as Parameter Store does. */
async function passOn<T>({ name, selector }: SecretReference, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const shape = error instanceof ApiError ? error.shape : undefined;
    if (shape === "ResourceNotFoundException" || shape === "ValidationException") {
      // AWS's own text: without the first slash, and "null" where there is no selector.
      const text = `Secret ${name.slice(1)}${selector || "null"} not found.`;
      const message = `An error occurred (ParameterNotFound) when referencing Secrets Manager: ${text}`;
      throw Object.assign(new ApiError(ParameterNotFound$, message), { cause: error });
    }
    if (shape !== "InvalidRequestException") throw error;
    throw Object.assign(validation("Invalid Request to Secrets Manager"), { cause: error });
  }
}
