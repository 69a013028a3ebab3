import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { Definition } from "./corpus.ts";
import type { Outcome } from "./play.ts";

const heading = `# Definitions that were played

Written by \`npm run definitions\`: each task definition of \`test/definitions/\`, after the shape of a public one, was registered
unchanged on a Docker Engine of one machine without GPU, and run. Its secrets, roles and log groups were there under the ARNs
that it names; its images were stand-ins, as what is played is the definition. \`runs\` means that every container ran, was
healthy where it has a health check, or had done its work.

| Definition | What it asks for | Here |
|---|---|---|
`;

/** The text of docs/definitions.md. */
export function page(definitions: readonly Definition[], outcomes: readonly Outcome[]): string {
  const words = new Map(outcomes.map((outcome) => [outcome.family, outcome.words]));
  const rows = definitions.map((definition) => {
    const { family } = definition;
    return `| [${family}](../test/definitions/${family}.json) | ${asks(definition).join(", ")} | ${words.get(family)} |`;
  });
  return `${heading}${rows.join("\n")}\n`;
}

function asks(definition: Definition): readonly string[] {
  const containers = definition.containerDefinitions ?? [];
  const some = (test: (container: ContainerDefinition) => unknown) => containers.some((each) => Boolean(test(each)));
  const { volumes = [], runtimePlatform: platform } = definition;
  const drivers = containers.flatMap(({ logConfiguration }) => logConfiguration?.logDriver ?? []);
  const parts: readonly (readonly [string, unknown])[] = [
    [definition.requiresCompatibilities?.join() ?? "", true],
    [definition.networkMode ?? "bridge", definition.networkMode !== "awsvpc"],
    ["task role", definition.taskRoleArn],
    [[...new Set(drivers)].join(", "), drivers.length > 0],
    ["secrets", some(({ secrets }) => secrets?.length)],
    ["environment files", some(({ environmentFiles }) => environmentFiles?.length)],
    ["registry credentials", some(({ repositoryCredentials }) => repositoryCredentials)],
    ["health check", some(({ healthCheck }) => healthCheck)],
    ["dependencies", some(({ dependsOn }) => dependsOn?.length)],
    ["restart policy", some(({ restartPolicy }) => restartPolicy?.enabled)],
    ["links", some(({ links }) => links?.length)],
    ["EFS", volumes.some(({ efsVolumeConfiguration }) => efsVolumeConfiguration)],
    ["Docker volumes", volumes.some(({ dockerVolumeConfiguration }) => dockerVolumeConfiguration)],
    ["host paths", volumes.some(({ host }) => host?.sourcePath)],
    ["privileged", some(({ privileged }) => privileged)],
    ["GPU", some(({ resourceRequirements }) => resourceRequirements?.length)],
    ["App Mesh", definition.proxyConfiguration],
    [`${platform?.operatingSystemFamily} on ${platform?.cpuArchitecture}`, platform],
  ];
  return parts.filter(([, isThere]) => isThere).map(([name]) => name);
}
