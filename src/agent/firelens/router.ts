import type { PayloadContainer, PayloadSecret, PayloadTask } from "../../acs/protocol.ts";
import { logConfigOf } from "../engine/log-config.ts";

/** The log router of a task: the container with a `firelensConfiguration`, of which a task has one at most. */
export interface Router {
  readonly name: string;
  readonly type: "fluentd" | "fluentbit";
  readonly options: Readonly<Record<string, string>>;
}

export interface RouterPaths {
  readonly config: string;
  /** Where a configuration from S3 is. */
  readonly external: string;
}

const paths: Readonly<Record<Router["type"], RouterPaths>> = {
  fluentd: { config: "/fluentd/etc/fluent.conf", external: "/fluentd/etc/external.conf" },
  fluentbit: { config: "/fluent-bit/etc/fluent-bit.conf", external: "/fluent-bit/etc/external.conf" },
};

type Containers = Pick<PayloadTask, "containers">;

/** A type that nobody knows is the control plane's to refuse; here it is no router. */
export function routerOf({ containers }: Containers): Router | undefined {
  for (const { name, firelensConfiguration: found } of containers) {
    if (found?.type === "fluentd" || found?.type === "fluentbit") {
      return { name, type: found.type, options: found.options };
    }
  }
  return undefined;
}

export function pathsOf({ type }: Router): RouterPaths {
  return paths[type];
}

/** The container's output goes through the router. */
export function isRouted(container: PayloadContainer): boolean {
  return logConfigOf(container)?.driver === "awsfirelens";
}

/** A secret log option of a container whose output is routed, and the router's variable that has its value. */
export interface RoutedSecret {
  readonly container: string;
  readonly secret: PayloadSecret;
  readonly variable: string;
}

/** AWS's agent numbers containers in the order of their task, so that options of the same name do not meet. */
export function routedSecrets({ containers }: Containers): readonly RoutedSecret[] {
  return containers.flatMap((container, index) =>
    isRouted(container)
      ? container.secrets
          .filter(({ target }) => target === "LOG_DRIVER")
          .map((secret) => ({ container: container.name, secret, variable: `${secret.name}_${index}` }))
      : [],
  );
}

/**
 * Containers whose output is routed wait for the start of the router, unless it waits for containers itself, or they depend on it
 * in another way.
 */
export function withRouterFirst<Task extends Containers>(task: Task): Task {
  const router = routerOf(task);
  const itself = task.containers.find(({ name }) => name === router?.name);
  if (!router || itself?.dependsOn?.length) return task;
  return {
    ...task,
    containers: task.containers.map((container) => {
      const { dependsOn = [] } = container;
      const depends = dependsOn.some(({ containerName }) => containerName === router.name);
      if (!isRouted(container) || depends || container === itself) return container;
      return { ...container, dependsOn: [...dependsOn, { containerName: router.name, condition: "START" }] };
    }),
  };
}
