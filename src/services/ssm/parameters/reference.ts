import { type Arn, parseArn } from "../../../arn.ts";
import type { Call } from "../../../model/call.ts";
import { validationException } from "../../../model/common-errors.ts";
import { invalidSelector } from "../errors.ts";
import { isPublic } from "../public/public-parameters.ts";
import { refuseName } from "./name.ts";
import { parameterArn, type Scope } from "./parameter.ts";

const prefix = "parameter/";

/** A parameter's name or ARN in a request. AWS's public parameters are of no account. */
export interface Reference extends Scope {
  /** As it was asked for. */
  readonly asked: string;
  readonly arn: string;
  readonly name: string;
  /**
   * The name as an answer shows it: as it was asked for, `undefined` where an ARN of the caller's own account was. AWS's agent
   * looks an answer up by what it asked for, and only by its ARN can it ask for another account's parameter.
   */
  readonly shownName: string | undefined;
  /** The version's number or label that follows a colon. */
  readonly selector: string | undefined;
}

/** Reads `name`, `name:selector` or such an ARN, with spaces around it or without. Throws for anything else. */
export function parseReference(call: Call, asked: string): Reference {
  const text = asked.trim();
  const arn = parameterArnParts(call, text);
  const [path = "", ...selectors] = (arn ? arn.resource.slice(prefix.length) : text).split(":");
  // The slash that a path begins with is not in its ARN.
  const name = arn && path.includes("/") ? `/${path}` : path;
  refuseName(name);
  const [selector] = selectors;
  if (selectors.length > 1 || selector === "") throw validationException(invalidSelector);
  const { region, partition } = arn ?? call;
  const account = arn?.account ?? (isPublic(name) ? "" : call.account);
  const isForeign = arn && arn.account !== "" && arn.account !== call.account;
  const foreignArn = isForeign ? parameterArn({ account, region, partition }, name) : undefined;
  return {
    asked,
    account,
    region,
    arn: parameterArn({ account, region, partition }, name),
    name,
    shownName: arn ? foreignArn : name,
    selector,
  };
}

/** The parts of a parameter's ARN; `undefined` if `text` is no ARN. Throws for another resource's ARN. */
function parameterArnParts({ partition }: Call, text: string): Arn | undefined {
  const arn = parseArn(text);
  // In another partition it would name a parameter of ours that policies know under another ARN.
  const isParameter = arn?.service === "ssm" && arn.partition === partition && arn.resource.startsWith(prefix);
  // With its colons it is no name either.
  if (arn && !isParameter) refuseName(text);
  return arn;
}

/** As `parseReference`; throws if a version is selected. */
export function parsePlainReference(call: Call, asked: string): Reference {
  const reference = parseReference(call, asked);
  if (reference.selector !== undefined) refuseName(asked.trim());
  return reference;
}

/** As `parseReference`; throws unless it is a name alone. */
export function parseNameReference(call: Call, asked: string): Reference {
  refuseName(asked.trim());
  return parseReference(call, asked);
}
