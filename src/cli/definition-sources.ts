import { existsSync, globSync, readFileSync } from "node:fs";
import { DescribeTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import type { Calls, Source } from "../check/index.ts";
import { ConfigError } from "../server/config.ts";

const family = /^(arn:[^:]+:ecs:.*|[A-Za-z0-9_-]{1,255}(:\d+)?)$/;

/** What a command's arguments name: files, globs of files, and registered definitions. */
export async function definitionSources(asked: readonly string[], calls: Calls): Promise<readonly Source[]> {
  const sources = await Promise.all(asked.map((one) => sourcesOf(one, calls)));
  return sources.flat();
}

async function sourcesOf(asked: string, calls: Calls): Promise<readonly Source[]> {
  if (existsSync(asked)) return [readSource(asked)];
  if (/[*?[{]/.test(asked)) {
    const files = globSync(asked).sort();
    if (files.length === 0) throw new ConfigError(`Cannot find a file that matches "${asked}"`);
    return files.map(readSource);
  }
  if (!family.test(asked)) throw new ConfigError(`Cannot find the file "${asked}"`);
  return [await registered(asked, calls)];
}

function readSource(name: string): Source {
  try {
    return { name, text: readFileSync(name, "utf8") };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "EISDIR" ? `it is a folder; "${name.replace(/\/+$/, "")}/*.json" names its files` : message;
    throw new ConfigError(`Cannot read "${name}": ${why}`, { cause });
  }
}

async function registered(taskDefinition: string, calls: Calls): Promise<Source> {
  try {
    const { taskDefinition: definition } = await calls.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    const { taskDefinitionArn = taskDefinition } = definition ?? {};
    const name = taskDefinitionArn.split("/").at(-1) ?? taskDefinition;
    return { name, definition: { family: "", containerDefinitions: [], ...definition } };
  } catch (cause) {
    const { name, message } = cause as Error;
    throw new ConfigError(`Cannot find the file or the task definition "${taskDefinition}": ${name}: ${message}`, {
      cause,
    });
  }
}
