import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import type { FromSource, Parameter, SecretRequest } from "../../agent/secrets/index.ts";
import type { ApiError } from "../../model/api-error.ts";
import type { AccessDecision } from "../../model/call.ts";
import type { PlaintextFinding } from "../../plaintext-secrets/index.ts";
import type { Trace } from "../../policy/index.ts";
import type { Secret } from "../../services/secrets-manager/index.ts";
import type { Account, SeenOrganization, SeenParameter, Unseen } from "../account/account.ts";
import type { Misfit } from "./well-formed.ts";

export type { Misfit };

export type LaunchType = "EC2" | "FARGATE" | "EXTERNAL";

export type Definition = RegisterTaskDefinitionCommandInput;

/** A definition, and all that the account says about what it refers to. Rules are pure functions of it. */
export interface Subject {
  readonly account: Pick<Account, "id" | "region" | "partition" | "isAws" | "readsValues">;
  readonly definition: Definition;
  /** RegisterTaskDefinition's refusal. */
  readonly refusal: string | undefined;
  /** What of the definition is not of the registration's input. The definition is given without it. */
  readonly misfits: readonly Misfit[];
  readonly launchType: LaunchType;
  readonly executionRole: RoleFact | undefined;
  readonly taskRole: RoleFact | undefined;
  readonly secrets: readonly SecretFact[];
  /** The stopped reason of a task whose secrets and parameters are read all together. */
  readonly secretsReason: string | undefined;
  /** What becomes of the labels of Sealift's own that concern secrets. */
  readonly labels: readonly LabelFact[];
  readonly registries: readonly RegistryFact[];
  readonly images: readonly ImageFact[];
  readonly logs: readonly LogFact[];
  readonly files: readonly FileFact[];
  readonly plaintext: readonly PlaintextFinding[];
  /** The account's organization, whose service control policies the check does not see. */
  readonly organization: SeenOrganization | Unseen | undefined;
  /** Container overrides that a request is going to give, as the JSON that RunTask counts. */
  readonly overrides: string | undefined;
}

/** How something would fare when a task starts. */
export interface Fact {
  /** Where it stands in the definition: a JSON pointer. */
  readonly pointer: string;
  readonly outcome: Outcome;
}

export type Outcome =
  | { readonly kind: "ok" }
  | Failed
  /** It may work; what is not seen says whether it does. */
  | { readonly kind: "unknown"; readonly unseen: Unseen };

export interface Failed {
  readonly kind: "failed";
  /** The service's error; absent where the agent itself fails. */
  readonly error?: ApiError;
  readonly denied?: AccessDecision;
  /** The task's stopped reason, or the container's reason, if nothing else fails. */
  readonly reason: string;
  /** What fails once this denial is mended. */
  readonly next?: Failed;
}

export interface RoleFact extends Fact {
  readonly arn: string;
  /** True if the account has no such role. */
  readonly isMissing: boolean;
  /** How its trust policy denied it. */
  readonly trace: Trace | undefined;
}

export interface SecretFact extends Fact {
  readonly container: string;
  /** The name of the variable or of the log option. */
  readonly name: string;
  readonly valueFrom: string;
  /** Where a docker label asks for all of a secret, or of a path: `name` and `valueFrom` are its entry. */
  readonly whole?: Whole;
  readonly request: SecretRequest;
  readonly secret: Secret | undefined;
  readonly parameter: SeenParameter | undefined;
  /** A secret of the account that the reference may mean, where it finds none. */
  readonly similar: Secret | undefined;
  /** The container's value, and the JSON that it is made from; there only where values are read. Never shown. */
  readonly value: string | undefined;
  readonly json: string | undefined;
  readonly isBinary: boolean;
}

export interface Whole {
  /** The label's value, with all its entries. */
  readonly label: string;
  readonly source: FromSource;
  /** The parameters below the path. Their values are placeholders unless values are read. */
  readonly below: readonly Parameter[];
}

/** One of a container's docker labels, or the lot of them. */
export interface LabelFact extends Fact {
  readonly container: string;
  /** The variables that come of whole secrets and paths, where values are read. The values are never shown. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** The agent fails before it reads anything. */
  readonly isEarly: boolean;
}

export interface RegistryFact extends Fact {
  readonly secretId: string;
}

export interface ImageFact extends Fact {
  readonly image: string;
  readonly action: string;
  readonly repository: string;
  readonly registry: string;
  readonly region: string;
  readonly isMissing?: "repository" | "image";
}

export interface LogFact extends Fact {
  readonly action: string;
  readonly group: string;
  readonly region: string;
  /** Only of CreateLogStream, and where nobody creates the group. */
  readonly isMissing?: true;
}

export interface FileFact extends Fact {
  readonly arn: string;
  readonly action: string;
}
