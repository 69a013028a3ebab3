import type { EventVersion } from "./event.ts";

type Members = Readonly<Record<string, unknown>>;

/** The versions whose values an answer gives: of a secret, of parameters, or of secrets that names of parameters mean. */
export function readVersions(output: object): readonly EventVersion[] {
  return [output as Members, ...Object.values(output).flat()].flatMap((one) => versionOf(Object(one)));
}

function versionOf({ ARN, VersionId, Version, SourceResult }: Members): readonly EventVersion[] {
  if (typeof SourceResult === "string") {
    const secret: Members = JSON.parse(SourceResult);
    return versionOf({ ARN: secret.ARN, VersionId: secret.versionId });
  }
  const version = VersionId ?? Version;
  if (typeof ARN !== "string" || (typeof version !== "string" && typeof version !== "number")) return [];
  return [{ ARN, version: String(version) }];
}
