import type { Attribute } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { invalidParameter } from "../errors.ts";

/** Custom attributes of an instance, as on AWS. */
const mostCustom = 10;

/** Attributes of an instance, those of its agent included; AWS publishes no number. AWS's own agent has fewer than a hundred. */
const mostAttributes = 128;

/** Attributes that are not custom: those of AWS's agent and of ours. */
const agentsOwn = /^(ecs|com\.amazonaws\.ecs|sealift)\./;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html */
const namePattern = /^[A-Za-z0-9_./\\-]{1,128}$/;
const valuePattern = /^(?! )[A-Za-z0-9_.@/\\: -]{1,128}(?<! )$/;

/** An attribute of a request, of its two members only. Throws AWS's refusal of a malformed one. */
export function readAttribute({ name = "", value }: Partial<Attribute>): Attribute {
  if (!namePattern.test(name)) throw invalidParameter(`Invalid attribute name: ${quoted(name)}`);
  if (value !== undefined && !valuePattern.test(value)) {
    throw invalidParameter(`Invalid value of the attribute ${name}: ${quoted(value)}`);
  }
  return { name, ...defined({ value }) };
}

/** Attributes by name; of several with one name the last stays. */
export function mergeAttributes(...lists: readonly (readonly Attribute[])[]): readonly Attribute[] {
  return [...new Map(lists.flat().map((attribute) => [attribute.name, attribute])).values()];
}

/** Why an instance cannot have so many attributes. */
export function attributesProblem(attributes: readonly Attribute[]): string | undefined {
  const custom = attributes.filter(({ name = "" }) => !agentsOwn.test(name));
  if (custom.length > mostCustom) return `You can apply up to ${mostCustom} custom attributes for each resource.`;
  if (attributes.length > mostAttributes) return `A resource can have up to ${mostAttributes} attributes.`;
  return undefined;
}

/** Names and values are the caller's, and may be of any length. */
function quoted(text: string): string {
  return text.length > 128 ? `'${text.slice(0, 128)}…'` : `'${text}'`;
}
