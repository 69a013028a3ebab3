import type { PayloadContainer, PayloadTask } from "../../acs/protocol.ts";
import { parseArn } from "../../arn.ts";
import { logConfigOf } from "../engine/log-config.ts";
import { type Output, type RouterConfig, renderFluentBit, renderFluentd } from "./render.ts";
import { isRouted, pathsOf, type Router, routedSecrets } from "./router.ts";

/** Where containers reach the router: `bridge` stands for its address in that network. */
export function reachOf({ networkMode = "bridge" }: Pick<PayloadTask, "networkMode">): "local" | "bridge" | undefined {
  return networkMode === "awsvpc" ? "local" : networkMode === "bridge" ? "bridge" : undefined;
}

/** Options for the agent and for Docker's log driver, not for the router's output. */
const driverOption = "log-driver-buffer-limit";
const patterns = { "include-pattern": true, "exclude-pattern": false } as const;
const outputKeys = { fluentd: "@type", fluentbit: "Name" } as const;

/** MiB of a Fluent Bit's buffer where its container has no memory of its own. */
const usualBuffer = 25;

const mebibyte = 1024 * 1024;

/**
 * The configuration of a task's router. It has no secrets: what they are stands in the router's variables. Throws an `Error` in the
 * words of AWS's agent.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
 */
export function routerConfig(task: Omit<PayloadTask, "executionRoleCredentials">, router: Router): string {
  const { name, type, options } = router;
  const reach = reachOf(task);
  const itself = task.containers.find((container) => container.name === name);
  const config: RouterConfig = {
    listen: reach && (reach === "local" ? "127.0.0.1" : "0.0.0.0"),
    buffer: bufferOf(itself),
    filters: task.containers.flatMap((container) => filtersOf(container)),
    fields: options["enable-ecs-log-metadata"] === "false" ? [] : fieldsOf(task),
    include: includeOf(router),
    outputs: task.containers.flatMap((container) => outputOf(task, container, type) ?? []),
  };
  return type === "fluentd" ? renderFluentd(config) : renderFluentBit(config);
}

function bufferOf(router: PayloadContainer | undefined): number {
  if (!router) return usualBuffer;
  const { MemoryReservation: reserved = 0 }: { readonly MemoryReservation?: number } = JSON.parse(
    router.dockerConfig.hostConfig,
  );
  return Math.floor((reserved / mebibyte || router.memory) / 2) || usualBuffer;
}

function filtersOf(container: PayloadContainer): RouterConfig["filters"] {
  if (!isRouted(container)) return [];
  const { options = {} } = logConfigOf(container) ?? {};
  return Object.entries(patterns).flatMap(([option, keep]) => {
    const pattern = options[option];
    return pattern === undefined ? [] : [{ container: container.name, keep, pattern }];
  });
}

function fieldsOf({ arn, family, version }: Pick<PayloadTask, "arn" | "family" | "version">): RouterConfig["fields"] {
  const [, cluster = ""] = parseArn(arn)?.resource.split("/") ?? [];
  return [
    ["ecs_cluster", cluster],
    ["ecs_task_arn", arn],
    ["ecs_task_definition", `${family}:${version}`],
  ];
}

function includeOf(router: Router): string | undefined {
  const { "config-file-type": kind, "config-file-value": value } = router.options;
  if (kind === "s3") return pathsOf(router).external;
  return kind === "file" ? value : undefined;
}

/** A container without options of its own leaves its output to the configuration that is read besides. */
function outputOf(
  task: Pick<PayloadTask, "containers">,
  container: PayloadContainer,
  type: Router["type"],
): Output | undefined {
  if (!isRouted(container)) return undefined;
  const { options = {} } = logConfigOf(container) ?? {};
  const secrets = routedSecrets(task).filter((routed) => routed.container === container.name);
  const {
    [outputKeys[type]]: plugin,
    [driverOption]: _,
    ...rest
  } = {
    ...options,
    ...Object.fromEntries(secrets.map(({ secret, variable }) => [secret.name, placeholder(type, variable)])),
  };
  const given = Object.entries(rest).filter(([option]) => !(option in patterns));
  if (plugin === undefined && given.length === 0) return undefined;
  if (plugin === undefined) {
    throw new Error(
      `unable to generate firelens config: unable to apply log options of container ${container.name} to firelens config: ` +
        `missing output key ${outputKeys[type]} which is required for firelens configuration of type ${type}`,
    );
  }
  return { container: container.name, plugin, options: given.sort(([one], [other]) => (one < other ? -1 : 1)) };
}

function placeholder(type: Router["type"], variable: string): string {
  return type === "fluentd" ? `"#{ENV['${variable}']}"` : `\${${variable}}`;
}
