import { parseSecretReference } from "../../agent/secrets/index.ts";
import { kmsRefusalOf } from "../../services/kms/index.ts";
import type { Failed, RegistryFact, SecretFact, Subject } from "../facts/subject.ts";
import { type FailedFact, failed } from "./rule.ts";

/** Why a secret, a parameter or a registry's credentials cannot be had. Each has a rule. */
export type FailureKind =
  | "secret-denied"
  | "key-denied"
  | "parameter-denied"
  | "secret-not-found"
  | "secret-arn-suffix"
  | "secret-version-not-found"
  | "secret-pending-deletion"
  | "secret-foreign-default-key"
  | "key-unusable"
  | "key-not-found"
  | "parameter-not-found"
  | "reference-malformed"
  | "json-key-missing"
  | "json-malformed"
  | "secret-binary"
  | "registry-credentials-malformed"
  | "not-readable";

export type ReadFact = SecretFact | RegistryFact;

/** The failed secrets, parameters and registry credentials of a kind. */
export function failedReads({ secrets, registries }: Subject, kind: FailureKind): readonly FailedFact<ReadFact>[] {
  return failed<ReadFact>([...secrets, ...registries]).filter((fact) => failureKind(fact) === kind);
}

function failureKind(fact: FailedFact<ReadFact>): FailureKind {
  const { denied, error } = fact.outcome;
  if (denied) return byAction[denied.action] ?? "not-readable";
  if (error) return kindOfError(error, "similar" in fact && fact.similar !== undefined);
  return "request" in fact ? kindOfText(fact) : "registry-credentials-malformed";
}

const byAction: Readonly<Record<string, FailureKind>> = {
  "secretsmanager:GetSecretValue": "secret-denied",
  "ssm:GetParameters": "parameter-denied",
  "ssm:GetParametersByPath": "parameter-denied",
  "kms:Decrypt": "key-denied",
};

function kindOfError(error: NonNullable<Failed["error"]>, hasSimilar: boolean): FailureKind {
  const { shape, message } = error;
  const refusal = kmsRefusalOf(error.cause);
  if (refusal) return refusal.kind === "unusable key" ? "key-unusable" : "key-not-found";
  if (shape === "ResourceNotFoundException") {
    if (message.includes("secret value for")) return "secret-version-not-found";
    return hasSimilar ? "secret-arn-suffix" : "secret-not-found";
  }
  if (shape === "InvalidRequestException") {
    if (message.includes("marked for deletion")) return "secret-pending-deletion";
    return message.includes("not associated") ? "secret-version-not-found" : "secret-foreign-default-key";
  }
  return shape === "ValidationException" ? "reference-malformed" : "not-readable";
}

/** The service answered, or was not asked, and the agent fails. */
function kindOfText({ request, outcome, secret }: FailedFact<SecretFact>): FailureKind {
  if (request.provider === "ssm") {
    return request.valueFrom.startsWith("arn:") && !/:parameter\//.test(request.valueFrom)
      ? "reference-malformed"
      : "parameter-not-found";
  }
  if (!parseSecretReference(request.valueFrom).ok) return "reference-malformed";
  if (outcome.reason.includes("the secret is binary")) return "secret-binary";
  if (outcome.reason.includes("did not contain json key")) return "json-key-missing";
  return secret ? "json-malformed" : "not-readable";
}
