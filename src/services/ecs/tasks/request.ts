import { createHash } from "node:crypto";
import type { Tag, TaskOverride } from "@aws-sdk/client-ecs";
import { units } from "../definitions/read-definition.ts";
import { invalidParameter } from "../errors.ts";
import type { TaskDefinition } from "../model.ts";

/** The overrides of a request, task size in units; throws AWS's refusal of what does not go with the definition. */
export function readOverrides(definition: TaskDefinition, overrides: TaskOverride = {}): TaskOverride {
  for (const { name, environment } of overrides.containerOverrides ?? []) {
    const container = definition.containerDefinitions.find((candidate) => candidate.name === name);
    if (!container)
      throw invalidParameter(`Override for container named ${name} is not a container in the TaskDefinition.`);
    const shared = environment?.find((variable) => container.secrets?.some((secret) => secret.name === variable.name));
    if (shared) {
      throw invalidParameter(
        `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${shared.name}'.`,
      );
    }
  }
  const { cpu: givenCpu, memory: givenMemory, ...rest } = overrides;
  const cpu = units(givenCpu, /^(\d*\.?\d+)\s*vcpu$/i);
  if (cpu === null) throw invalidParameter("Invalid 'cpu' setting for task.");
  const memory = units(givenMemory, /^(\d*\.?\d+)\s*gb$/i);
  if (memory === null) throw invalidParameter("Invalid 'memory' setting for task.");
  return { ...rest, ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
}

/** The tags of a new task: its own, then those propagated to it, then ECS's. */
export function taskTags(
  given: readonly Tag[],
  propagated: readonly Tag[],
  managed: Readonly<Record<string, string>>,
): readonly Tag[] {
  const tags = new Map<string, Tag>();
  for (const tag of [...propagated, ...given]) tags.set(tag.key ?? "", tag);
  for (const [key, value] of Object.entries(managed)) tags.set(key, { key, value });
  return [...tags.values()];
}

/** Tells requests with one client token apart. */
export function hashOf(request: object): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
}
