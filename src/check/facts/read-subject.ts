import type { Clock } from "../../clock.ts";
import type { Authorize } from "../../model/call.ts";
import { findPlaintextSecrets } from "../../plaintext-secrets/index.ts";
import type { Role } from "../../services/iam/index.ts";
import { type Account, onceFor, type SeenOrganization, Unseen } from "../account/account.ts";
import { type DrySession, drySession } from "../dry-run/session.ts";
import { fileFacts } from "./files.ts";
import { imageFacts } from "./images.ts";
import { labelFacts } from "./labels.ts";
import { logFacts } from "./logs.ts";
import { refusalOf } from "./registration.ts";
import { registryFacts } from "./registries.ts";
import { type TriedRole, tryRole } from "./roles.ts";
import { placeholderFor, secretFacts, secretsReason } from "./secrets.ts";
import type { Definition, LaunchType, Subject } from "./subject.ts";
import { someTask, type Tools } from "./tools.ts";
import { wellFormed } from "./well-formed.ts";

export interface SubjectOptions {
  readonly account: Account;
  readonly clock: Clock;
  /** The cluster of the tasks, which trust policies may name. */
  readonly cluster: string;
  /** FARGATE if the definition requires it, unless given. */
  readonly launchType?: LaunchType | undefined;
  readonly overrides?: string | undefined;
}

/** Characters of a definition that is looked into; registered ones have 64 KiB. */
const mostCharacters = 1024 * 1024;

/** Finds all that the rules look at. Nothing is written, and no role is assumed. */
export async function readSubject(given: Definition, options: SubjectOptions): Promise<Subject> {
  const { account, clock, cluster } = options;
  const fitted = wellFormed(given);
  const { misfits } = fitted;
  // AWS would not look at it, either.
  const isHopeless = JSON.stringify(given).length > mostCharacters;
  const definition = isHopeless ? { ...fitted.definition, containerDefinitions: [], volumes: [] } : fitted.definition;
  const launchType = options.launchType ?? launchTypeOf(definition);
  const [refusal, plaintext, execution, task] = await Promise.all([
    refusalOf(account, clock, given),
    findPlaintextSecrets(definition),
    tryRole(account, clock, definition, "executionRoleArn", cluster),
    tryRole(account, clock, definition, "taskRoleArn", cluster),
  ]);
  const { session, undecided } = await sessionOf(definition, execution, options);
  const tools: Tools = { account, session, launchType, undecided, hasExecutionRole: execution !== undefined };
  const [facts, organization] = await Promise.all([
    referenceFacts(tools, definition),
    execution && organizationOf(account),
  ]);
  return {
    ...{ account, definition, refusal, misfits, launchType, organization, plaintext, ...facts },
    secretsReason: await secretsReason(tools, facts.secrets),
    executionRole: execution?.fact,
    taskRole: task?.fact,
    overrides: options.overrides,
  };
}

/** What a definition refers to, each as it would fare for the session of the tools. */
export async function referenceFacts(tools: Tools, definition: Definition): Promise<ReferenceFacts> {
  const [secrets, registries, images, logs, files] = await Promise.all([
    secretFacts(tools, definition),
    registryFacts(tools, definition),
    imageFacts(tools, definition),
    logFacts(tools, definition),
    fileFacts(tools, definition),
  ]);
  const labels = await labelFacts(tools, definition, secrets);
  return { secrets, labels, registries, images, logs, files };
}

type ReferenceFacts = Pick<Subject, "secrets" | "labels" | "registries" | "images" | "logs" | "files">;

export function launchTypeOf({ requiresCompatibilities = [] }: Definition): LaunchType {
  return requiresCompatibilities.includes("FARGATE") ? "FARGATE" : "EC2";
}

/** A role that may do everything, to find what is there where no role decides. */
const anybody: Role = {
  kind: "role",
  id: "AROA",
  account: "",
  name: "nobody",
  path: "/",
  boundaryArn: undefined,
  tags: {},
  createdAt: new Date(0),
  trustPolicy: "",
  description: undefined,
  maxSessionDuration: 3600,
};

async function sessionOf(
  definition: Definition,
  execution: TriedRole | undefined,
  { account, clock }: SubjectOptions,
): Promise<Pick<Tools, "session" | "undecided">> {
  const placeholder = placeholderFor(definition, account);
  const { role, fact } = execution ?? {};
  try {
    if (role) {
      const open = () => drySession({ account, role, clock, taskId: someTask, placeholder });
      return {
        session: await onceFor(account, `session ${role.account} ${role.path}${role.name} ${placeholder}`, open),
        undecided: undefined,
      };
    }
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    return { session: await withoutPolicies(account, clock, placeholder), undecided: error };
  }
  const why =
    fact?.outcome.kind === "unknown"
      ? fact.outcome.unseen.message
      : "there is no execution role that could be asked about";
  const undecided = new Unseen("iam:GetRole", fact?.arn ?? "executionRoleArn", why);
  return { session: await withoutPolicies(account, clock, placeholder), undecided };
}

function withoutPolicies(account: Account, clock: Clock, placeholder: string): Promise<DrySession> {
  const role = { ...anybody, account: account.id };
  const decide = (): Authorize => async () => undefined;
  const unlimited: Account = { ...account, rolePolicies: async () => ({ identity: [], boundary: undefined }) };
  return drySession({ account: unlimited, role, clock, taskId: someTask, placeholder, decide });
}

/** Service control policies are AWS's alone. */
async function organizationOf(account: Account): Promise<SeenOrganization | Unseen | undefined> {
  if (!account.isAws) return undefined;
  try {
    const found = await account.organization();
    return found?.managementAccount === account.id ? undefined : found;
  } catch (error) {
    if (error instanceof Unseen) return error;
    throw error;
  }
}
