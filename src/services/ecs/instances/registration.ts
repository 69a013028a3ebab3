import type { Attribute, Resource, VersionInfo } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../errors.ts";
import { attributesProblem, mergeAttributes, readAttribute } from "./attributes.ts";
import { longestVersion } from "./versions.ts";

/** Kinds of resources; an agent registers four of them. */
const mostResources = 10;

/** Reserved ports of an instance: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
const mostPorts = 100;

/** Characters of a resource's name or type. */
const longestName = 64;

/** What the strings of a resource are. */
const ports = { title: "port", pattern: /^\d{1,5}$/ };
const gpus = { title: "GPU id", pattern: /^[A-Za-z0-9:._-]{1,128}$/ };

export interface Registration {
  readonly resources: readonly Resource[];
  readonly attributes: readonly Attribute[];
  readonly versionInfo: VersionInfo | undefined;
}

/**
 * The parts of a registration that are stored. Throws a refusal of more than an instance can have: placement reads all of
 * it, so that one machine could make every request of the cluster slow.
 */
export function readRegistration(input: {
  readonly totalResources?: readonly Resource[];
  readonly attributes?: readonly Partial<Attribute>[];
  readonly versionInfo?: VersionInfo;
}): Registration {
  const { totalResources: resources = [], versionInfo } = input;
  if (resources.length > mostResources) throw tooMany("totalResources", mostResources);
  for (const { name = "", type = "", stringSetValue: strings = [] } of resources) {
    if (name.length > longestName || type.length > longestName)
      throw invalidParameter("Invalid resource name or type.");
    if (strings.length > mostPorts) throw tooMany("stringSetValue", mostPorts);
    const kind = name === "GPU" ? gpus : ports;
    const malformed = strings.find((text) => !kind.pattern.test(text));
    if (malformed !== undefined) throw invalidParameter(`Invalid ${kind.title}: '${malformed.slice(0, 16)}'`);
  }
  if (Object.values(versionInfo ?? {}).some((text) => text !== undefined && text.length > longestVersion)) {
    throw invalidParameter(`versionInfo can have at most ${longestVersion} characters.`);
  }
  // An agent may send an attribute without a value as one with an empty value.
  const given = (input.attributes ?? []).map(({ name, value }) => readAttribute({ name, value: value || undefined }));
  const attributes = mergeAttributes(given);
  const problem = attributesProblem(attributes);
  if (problem !== undefined) throw invalidParameter(problem);
  return { resources, attributes, versionInfo };
}

function tooMany(member: string, most: number) {
  return invalidParameter(`${member} can have at most ${most} items.`);
}
