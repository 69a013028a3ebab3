import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";

export type Definition = RegisterTaskDefinitionCommandInput & { readonly family: string };

const folder = join(import.meta.dirname, "..");

/** The account that the corpus's ARNs are of. */
export const account = "123456789012";

/** Task definitions after the shapes of public ones, by family. Nothing in them is made for Sealift but where their name says so. */
export function corpus(): readonly Definition[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Definition);
}

/** Every reference to a secret: of containers, of log drivers and of registries. */
export function secretReferences(definitions: readonly Definition[]): readonly string[] {
  const all = definitions.flatMap(({ containerDefinitions }) =>
    (containerDefinitions ?? []).flatMap(({ secrets, logConfiguration, repositoryCredentials }) => [
      ...(secrets ?? []).map(({ valueFrom }) => valueFrom ?? ""),
      ...(logConfiguration?.secretOptions ?? []).map(({ valueFrom }) => valueFrom ?? ""),
      repositoryCredentials?.credentialsParameter ?? "",
    ]),
  );
  return [...new Set(all)].filter((reference) => reference !== "");
}
