import { isIP } from "node:net";
import type { ContextEntry, SimulateCustomPolicyCommandInput } from "@aws-sdk/client-iam";
import { parseArn } from "../../../arn.ts";
import { MalformedPolicy, type NamedPolicy, type PolicyKind, parsePolicy } from "../../../policy/index.ts";
import { invalidInput } from "../errors.ts";

export type SimulationInput = Pick<
  SimulateCustomPolicyCommandInput,
  | "ActionNames"
  | "CallerArn"
  | "ContextEntries"
  | "PermissionsBoundaryPolicyInputList"
  | "ResourceArns"
  | "ResourceHandlingOption"
  | "ResourceOwner"
  | "ResourcePolicy"
>;

/** A policy and its text. Answers name lines and columns of the text. */
export interface SimulatedPolicy extends NamedPolicy {
  readonly document: string;
}

const entityArn = /^arn:[^:]+:iam::\d{12}:(?:user|group|role)\/./;
/** The action that the scenarios of EC2 are for. */
const ec2Scenario = /^ec2:RunInstances$/i;

const formats: Readonly<Record<string, readonly [expected: string, test: (value: string) => boolean]>> = {
  numeric: ["numeric format", (value) => /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)],
  boolean: ["boolean format", (value) => /^(true|false)$/i.test(value)],
  ip: ["IP address", (value) => !value.includes("%") && isIP(value.replace(/\b0+(?=\d)/g, "")) > 0],
  binary: ["base-64 encoded binary format", (value) => /^[A-Za-z0-9+/]*={0,2}$/.test(value)],
  date: ["date format", (value) => /^\d/.test(value) && (/^\d+$/.test(value) || !Number.isNaN(Date.parse(value)))],
};

/** Reads a policy that comes with the request. */
export function inputPolicy(name: string, document: string, kind: PolicyKind = "session"): SimulatedPolicy {
  try {
    return { name, document, policy: parsePolicy(document, kind) };
  } catch (error) {
    if (error instanceof MalformedPolicy) throw invalidInput(error.message);
    throw error;
  }
}

/** The resources that the request names; `*` alone where it names none. */
export function simulatedResources({ ResourceArns: arns = [], ...input }: SimulationInput): readonly string[] {
  if (arns.length === 0) return ["*"];
  if (arns.length > 1 && arns.includes("*")) {
    throw invalidInput(
      "Invalid resource input list: you cannot include both * and individual resources in the resource list for a simulation.",
    );
  }
  const wrong = arns.find((arn) => arn !== "*" && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(arn));
  if (wrong !== undefined) throw invalidInput(`ResourceNames are not in a valid ARN format: ${wrong}.`);
  const stranger = (input.ActionNames ?? []).find((action) => !ec2Scenario.test(action));
  if (input.ResourceHandlingOption !== undefined && stranger !== undefined && arns[0] !== "*") {
    throw invalidInput(
      `Invalid input resource handling options. Action does not support resource handling options: ${stranger}. Please refer to the documentation for more details: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html`,
    );
  }
  return arns;
}

export function checkActions(actions: readonly string[]): void {
  if (actions.some((action) => !action.includes(":"))) {
    throw invalidInput("The action is invalid since it is missing names");
  }
}

/** The caller's ARN. A resource's policy cannot be simulated without it. */
export function simulatedCaller(input: SimulationInput): string | undefined {
  const { CallerArn: caller, ResourcePolicy: policy } = input;
  if (caller !== undefined && !entityArn.test(caller)) {
    throw invalidInput("Invalid caller - Caller must be an IAM user, role or group in this context.");
  }
  if (policy !== undefined && caller === undefined) {
    throw invalidInput("Invalid caller - Caller cannot be null or empty.");
  }
  return caller;
}

/** The account that owns the resources whose ARNs name no account. AWS takes an ARN of the account, not its bare number. */
export function simulatedOwner({ ResourceOwner: owner }: SimulationInput): string | undefined {
  if (owner === undefined) return undefined;
  const parts = parseArn(owner);
  if (parts?.service !== "iam" || !/^\d{12}$/.test(parts.account)) {
    throw invalidInput(`'${owner}' is not a valid as a Resource Owner.`);
  }
  return parts.account;
}

/** Context keys in lower case and their values. */
export function simulatedContext({ ContextEntries: entries = [] }: SimulationInput): Map<string, readonly string[]> {
  const context = new Map<string, readonly string[]>();
  for (const entry of entries) {
    if (Object.values(entry).every((member) => member === undefined)) continue;
    const { name, values } = checkEntry(entry);
    context.set(name.toLowerCase(), values);
  }
  return context;
}

function checkEntry({ ContextKeyName: name, ContextKeyType: type, ContextKeyValues: values }: ContextEntry) {
  if (!name) throw invalidInput("ContextKeyName cannot be null or empty.");
  if (type === undefined) throw invalidInput(`Context key ${name} has invalid type null.`);
  if (!values?.length) throw invalidInput(`Context values for context key ${name} cannot be null or empty.`);
  if (!type.endsWith("List") && values.length > 1) {
    throw invalidInput(`Context key ${name} of type ${type} cannot have more than one value.`);
  }
  const [expected, test] = formats[type.replace(/List$/, "")] ?? [];
  if (test && !values.every(test)) throw invalidInput(`Invalid context value for key ${name}: expected ${expected}.`);
  return { name, values };
}

/** The policies in the request's list. */
export function inputPolicies(documents: readonly string[] = []): SimulatedPolicy[] {
  return documents.map((document, index) => inputPolicy(`PolicyInputList.${index + 1}`, document));
}

/** The permissions boundary in the request. An entity has one at most. */
export function inputBoundary(documents: readonly string[] = []): SimulatedPolicy | undefined {
  const [document, ...more] = documents;
  if (more.length > 0) throw invalidInput("Only one permissions boundary policy can be simulated at a time.");
  return document === undefined ? undefined : inputPolicy("PermissionsBoundaryPolicyInputList.1", document);
}
