import type { Wire } from "../../../api/wire.ts";

export type LoadBalancer = Wire<import("@aws-sdk/client-ecs").LoadBalancer>;

/** Where a container's port is to be reached, as it is typed. */
export interface LoadBalancerItem {
  /** Application and Network Load Balancers have target groups; a Classic one is named itself. */
  readonly kind: "targetGroup" | "classic";
  /** The target group's ARN or the load balancer's name. */
  readonly target: string;
  readonly container: string;
  readonly port: string;
  /** What the form shows but does not change. */
  readonly advanced?: LoadBalancer["advancedConfiguration"];
}

export interface LoadBalancingForm {
  readonly loadBalancers: readonly LoadBalancerItem[];
}

export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) <= 65_535;
}

/** True if the API can be asked for it: whether the container has that port is the API's to say. */
export function isWhole({ target, container, port }: LoadBalancerItem): boolean {
  return target.trim() !== "" && container.trim() !== "" && isPort(port);
}

/** A load balancer for the definition's first port, as most services have one. */
export function firstLoadBalancer(containers: readonly PortsOf[]): LoadBalancerItem {
  const [first] = containers.filter(({ ports }) => ports.length > 0);
  return { kind: "targetGroup", target: "", container: first?.name ?? "", port: String(first?.ports[0] ?? "") };
}

export interface PortsOf {
  readonly name: string;
  readonly ports: readonly number[];
}

/** The ports of a definition's containers that a load balancer can lead to. */
export function portsOf(
  containers: readonly {
    readonly name?: string | undefined;
    readonly portMappings?: readonly { readonly containerPort?: number | undefined }[] | undefined;
  }[] = [],
): readonly PortsOf[] {
  return containers.map(({ name = "", portMappings = [] }) => ({
    name,
    ports: portMappings.flatMap(({ containerPort }) => containerPort ?? []),
  }));
}

export function loadBalancersOf({ loadBalancers }: LoadBalancingForm): LoadBalancer[] {
  return loadBalancers.map(({ kind, target, container, port, advanced }) => ({
    ...(kind === "classic" ? { loadBalancerName: target.trim() } : { targetGroupArn: target.trim() }),
    ...(container.trim() !== "" && { containerName: container.trim() }),
    ...(port.trim() !== "" && { containerPort: Number(port) }),
    ...(advanced && { advancedConfiguration: advanced }),
  }));
}

/** The form of what a service has. */
export function loadBalancingFormOf({
  loadBalancers = [],
}: {
  readonly loadBalancers?: readonly LoadBalancer[] | undefined;
}): LoadBalancingForm {
  return {
    loadBalancers: loadBalancers.map((one) => ({
      kind: one.loadBalancerName === undefined ? "targetGroup" : "classic",
      target: one.loadBalancerName ?? one.targetGroupArn ?? "",
      container: one.containerName ?? "",
      port: String(one.containerPort ?? ""),
      ...(one.advancedConfiguration && { advanced: one.advancedConfiguration }),
    })),
  };
}
