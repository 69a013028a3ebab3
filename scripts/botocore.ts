import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** A shape of botocore's models: https://botocore.amazonaws.com/v1/documentation/api/latest/ */
export interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly required?: readonly string[];
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** A service's `service-2.json`. */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The version whose models the limits come from. Another one would add, drop or change limits unnoticed. */
export const pinnedVersion = "1.44.8";

/** The version of botocore that Python imports, or `undefined` if it can import none. */
export function botocoreVersion(): string | undefined {
  return python("import botocore; print(botocore.__version__)");
}

/** The folder of botocore's models, or `undefined` if Python cannot import botocore. */
export function botocoreData(): string | undefined {
  const program = "import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), 'data'))";
  return python(program);
}

function python(program: string): string | undefined {
  const { status, stdout } = spawnSync("python3", ["-c", program], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** A service's newest model. `name` is botocore's folder. */
export function readModel(data: string, name: string): ServiceModel {
  const folder = join(data, name);
  const version = readdirSync(folder).sort().at(-1);
  if (version === undefined) throw new Error(`Cannot find a model in ${folder}`);
  const path = join(folder, version, "service-2.json");
  const text = existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
  return JSON.parse(text.toString());
}
