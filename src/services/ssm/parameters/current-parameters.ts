import type { SsmStore } from "../store.ts";
import { isUnder } from "./name.ts";
import { parameterArn, type VersionSummary } from "./parameter.ts";

type Place = Parameters<typeof parameterArn>[0];

interface ReadVersion {
  readonly arn: string;
  readonly version: string;
}

/** The version of a parameter that a reader would get now, without its value; `undefined` where there is none. */
export async function currentParameter(
  { parameters, versions }: Pick<SsmStore, "parameters" | "versions">,
  place: Place,
  { name, selector }: { readonly name: string; readonly selector?: number | string },
  now: Date,
): Promise<ReadVersion | undefined> {
  const [parameter] = (await parameters.find(place, [name], now)).values();
  const version =
    parameter === undefined || selector === undefined || selector === parameter.version
      ? parameter
      : await versions.find(place, name, selector);
  return version && read(place, version);
}

/** As `currentParameter`, for every parameter below a path. */
export async function currentParametersBelow(
  { parameters }: Pick<SsmStore, "parameters">,
  place: Place,
  path: string,
  now: Date,
): Promise<readonly ReadVersion[]> {
  const prefix = path === "/" ? "/" : `${path}/`;
  const found = await parameters.list(place, { prefixes: [prefix], limit: mostBelow, now });
  return found.filter(({ name }) => isUnder(name, path, true)).map((version) => read(place, version));
}

/** Parameters of one path; a task could not take more as variables. */
const mostBelow = 1_000;

function read(place: Place, { name, version }: VersionSummary): ReadVersion {
  return { arn: parameterArn(place, name), version: String(version) };
}
