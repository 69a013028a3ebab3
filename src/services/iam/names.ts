/** Two names that differ in case only are the same name. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** Path and name in `role/path/name`, the resource part of an ARN; `undefined` where the ARN is of another kind. */
export function splitResource(resource: string, kind: string): { path: string; name: string } | undefined {
  if (!resource.startsWith(`${kind}/`)) return undefined;
  const slash = resource.lastIndexOf("/");
  const name = resource.slice(slash + 1);
  return name === "" ? undefined : { path: resource.slice(kind.length, slash + 1), name };
}
