import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { createTwoFilesPatch } from "diff";
import { type JSONPath, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { type Definition, readDocument } from "../check/index.ts";
import { defined } from "../defined.ts";
import { escapeControls } from "../log.ts";
import { findPlaintextSecrets } from "../plaintext-secrets/index.ts";
import { ConfigError } from "../server/config.ts";
import { connect } from "./connection.ts";
import { hardened, masked } from "./harden/document.ts";
import { movesOf, type Sorted } from "./harden/moves.ts";
import { parameterStore, type Store, secretStore } from "./harden/stores.ts";
import { typedDefinition } from "./typed-definition.ts";

export interface HardenFlags {
  readonly store: string;
  readonly name?: string;
  readonly kmsKeyId?: string;
  readonly to: string;
  readonly write?: boolean;
  readonly data?: string;
}

/**
 * Shows how a definition's plaintext secrets would go into a store, and with `--write` does it: first the values, then the file.
 * No value is printed or passed to another program. Exit code 1 if findings are left.
 */
export async function harden(file: string, flags: HardenFlags): Promise<void> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`Cannot read ${file}: ${error.message}`, { cause: error });
  });
  const { definition, root } = definitionIn(text, file);
  const { moves, others, unused } = movesOf(definition, await findPlaintextSecrets(definition));
  const changes = moves.length + unused.length;
  if (changes > 0) await move(file, text, root, { definition, moves, others, unused, flags });
  else if (others.length === 0) process.stdout.write(`${file} has nothing that looks like a secret in plain text.\n`);
  for (const { message, pointer } of others) {
    process.stdout.write(`Move it by hand: ${escapeControls(message)} (${escapeControls(pointer)})\n`);
  }
  if (others.length > 0 || (changes > 0 && !flags.write)) process.exitCode = 1;
}

interface Plan extends Sorted {
  readonly definition: Definition;
  readonly flags: HardenFlags;
}

async function move(file: string, text: string, root: JSONPath, { definition, moves, others, unused, flags }: Plan) {
  const store = await storeOf(definition.family, flags);
  const pointers = [...[...moves.map(({ finding }) => finding), ...others].map(({ pointer }) => pointer), ...unused];
  const before = masked(text, root, pointers);
  const after = hardened(before, root, { moves, unused }, (one) => store.preview(one));
  process.stdout.write(patch(file, before, after));
  if (flags.write) {
    // Of what a variable of the same name replaces nothing is stored.
    const references = moves.length > 0 ? await store.store(moves) : store.preview;
    await replaceFile(file, hardened(text, root, { moves, unused }, references));
    process.stdout.write(`Stored ${moves.length} and wrote ${file}.\n`);
  } else process.stdout.write("Nothing was stored or written: --write does it.\n");
  if (definition.executionRoleArn === undefined) {
    process.stdout.write("The definition needs an executionRoleArn: the role that reads the secrets.\n");
  }
}

/** The definition of a file, and where in it. DescribeTaskDefinition's answer has it in a member. */
function definitionIn(text: string, file: string): Pick<Plan, "definition"> & { readonly root: JSONPath } {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, " "), errors, { disallowComments: true });
  const [error] = errors;
  if (error) {
    const line = text.slice(0, error.offset).split("\n").length;
    throw new ConfigError(`${file}:${line}: the file is no JSON: ${printParseErrorCode(error.error)}`);
  }
  // Its value would be another's place.
  const [again] = readDocument(text).repeated();
  if (again !== undefined) throw new ConfigError(`${file}: the member ${again} stands there twice: leave one of them`);
  const outer = (value ?? {}) as { readonly taskDefinition?: unknown };
  const root = typeof outer.taskDefinition === "object" ? ["taskDefinition"] : [];
  const given = (root.length > 0 ? outer.taskDefinition : outer) as { readonly containerDefinitions?: unknown };
  if (!Array.isArray(given?.containerDefinitions)) {
    throw new ConfigError(`${file} is no task definition: it has no containerDefinitions`);
  }
  return { definition: typedDefinition(given, file), root };
}

async function storeOf(family: string | undefined, flags: HardenFlags): Promise<Store> {
  const { store, name = family, kmsKeyId, to, data } = flags;
  if (store !== "ssm" && store !== "secretsmanager")
    throw new ConfigError(`Unknown --store "${store}": ssm or secretsmanager`);
  if (to !== "sealift" && to !== "aws") throw new ConfigError(`Unknown --to "${to}": sealift or aws`);
  if (!name) throw new ConfigError("The definition has no family: give a --name");
  // Nothing given: the SDK looks where AWS's tools look.
  const { config = {}, reached } =
    to === "sealift" ? connect(defined({ data })) : { reached: <T>(answer: Promise<T>) => answer };
  const sts = new STS(config);
  const { Arn = "", Account = "" } = await reached(sts.getCallerIdentity({}));
  const [, partition = "aws"] = Arn.split(":");
  const place = { partition, region: await sts.config.region(), account: Account, name, kmsKeyId };
  return store === "ssm" ? parameterStore(new SSM(config), place) : secretStore(new SecretsManager(config), place);
}

function patch(file: string, before: string, after: string): string {
  const text = createTwoFilesPatch(file, file, before, after, undefined, undefined, { context: 2 });
  return text.split("\n").slice(2).map(escapeControls).join("\n");
}

/** All of it or nothing, with the file's own mode. A link to the file stays one. */
async function replaceFile(given: string, text: string): Promise<void> {
  const file = await realpath(given);
  const { mode } = await stat(file);
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text, { mode, flag: "wx" });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
