import { spawn } from "node:child_process";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parse } from "yaml";

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax */
interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: string;
  readonly run?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** What expressions may name. */
interface Scope {
  readonly inputs: Readonly<Record<string, string>>;
  readonly steps: Map<string, ReadonlyMap<string, string>>;
}

export interface JobOptions {
  /** Where the repository is checked out. */
  readonly workspace: string;
  /** RUNNER_TEMP. */
  readonly temporary: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The files of actions by their names; `undefined` for those that a machine of ours need not do. */
  readonly actions: Readonly<Record<string, string | undefined>>;
  /** Inputs that the job gives to every action beside the workflow's own. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Runs the one job of a workflow file as a runner would. Resolves to its log; rejects where a step fails. */
export async function runWorkflow(file: string, options: JobOptions): Promise<{ log: string; masks: Set<string> }> {
  const { jobs } = parse(await readFile(file, "utf8"));
  const [job] = Object.values(jobs) as { readonly steps: readonly Step[] }[];
  if (!job) throw new Error(`${file} has no job`);
  await mkdir(options.temporary, { recursive: true });
  const environment: Record<string, string> = { ...options.environment };
  const masks = new Set<string>();
  let log = "";

  async function runSteps(steps: readonly Step[], scope: Scope): Promise<void> {
    for (const step of steps) {
      if (step.if !== undefined && !isTrue(step.if, scope)) continue;
      const outputs = step.uses === undefined ? await runScript(step, scope) : await runAction(step, scope);
      if (step.id !== undefined) scope.steps.set(step.id, outputs);
    }
  }

  async function runAction({ uses = "", with: given = {} }: Step, scope: Scope): Promise<ReadonlyMap<string, string>> {
    const [name = ""] = uses.split("@");
    if (!Object.hasOwn(options.actions, name)) throw new Error(`No action ${name}`);
    const path = options.actions[name];
    if (path === undefined) return new Map();
    const { inputs, outputs, runs }: Action = parse(await readFile(path, "utf8"));
    for (const input of Object.keys(given)) if (!inputs[input]) throw new Error(`${name} has no input ${input}`);
    const defaults = Object.entries(inputs).map(([input, { default: value = "" }]) => [input, value] as const);
    const values = Object.entries(given).map(([input, value]) => [input, fill(value, scope)] as const);
    const inner: Scope = {
      inputs: Object.fromEntries([...defaults, ...values, ...Object.entries(options.inputs)]),
      steps: new Map(),
    };
    await runSteps(runs.steps, inner);
    return new Map(Object.entries(outputs).map(([output, { value }]) => [output, fill(value, inner)]));
  }

  async function runScript({ name, run = "", env = {} }: Step, scope: Scope): Promise<ReadonlyMap<string, string>> {
    const files = { GITHUB_ENV: join(options.temporary, "env"), GITHUB_OUTPUT: join(options.temporary, "output") };
    for (const path of Object.values(files)) await writeFile(path, "");
    const script = join(options.temporary, "step.sh");
    await writeFile(script, fill(run, scope));
    const own = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, fill(value, scope)]));
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
      cwd: options.workspace,
      env: { ...environment, ...own, ...files, RUNNER_TEMP: options.temporary, GITHUB_WORKSPACE: options.workspace },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const closed = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    for (const [, mask = ""] of stdout.matchAll(/^::add-mask::(.*)$/gm)) masks.add(mask);
    log += `## ${name}\n${stdout.replaceAll(/^::add-mask::.*\n/gm, "")}${stderr}`;
    if (code !== 0) throw new Error(`The step "${name}" ended with ${code}: ${stdout}${stderr}`);
    Object.assign(environment, Object.fromEntries(await pairsOf(files.GITHUB_ENV)));
    return pairsOf(files.GITHUB_OUTPUT);
  }

  await runSteps(job.steps, { inputs: {}, steps: new Map() });
  await appendFile(join(options.temporary, "log"), log);
  return { log, masks };
}

async function pairsOf(path: string): Promise<ReadonlyMap<string, string>> {
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

function fill(value: string | number, scope: Scope): string {
  return String(value).replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => resolved(expression, scope));
}

function resolved(expression: string, { inputs, steps }: Scope): string {
  const [, input] = /^inputs\.([\w-]+)$/.exec(expression) ?? [];
  if (input !== undefined && Object.hasOwn(inputs, input)) return inputs[input] ?? "";
  const [, step = "", output = ""] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/.exec(expression) ?? [];
  const value = steps.get(step)?.get(output);
  if (value === undefined) throw new Error(`Nothing is known of the expression "${expression}"`);
  return value;
}

function isTrue(condition: string, scope: Scope): boolean {
  const [, expression = ""] = /^(\S+) != ''$/.exec(condition) ?? [];
  return resolved(expression, scope) !== "";
}
