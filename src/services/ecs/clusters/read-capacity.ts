import type { CapacityProviderStrategyItem } from "@aws-sdk/client-ecs";
import type { Scope } from "../arns.ts";
import { readProviders } from "../capacity-providers/find.ts";
import { readStrategy } from "../capacity-providers/strategy.ts";
import type { Records } from "../store.ts";
import type { Cluster } from "./cluster.ts";

/** The capacity providers and the default strategy that a request gives a cluster. Throws AWS's refusal of unknown ones. */
export async function readClusterCapacity(
  records: Pick<Records, "capacityProviders">,
  scope: Scope,
  input: {
    readonly capacityProviders?: readonly string[] | undefined;
    readonly defaultCapacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
  },
): Promise<Pick<Cluster, "capacityProviders" | "defaultCapacityProviderStrategy">> {
  const capacityProviders = await readProviders(records, scope, input.capacityProviders ?? []);
  const strategy = readStrategy(input.defaultCapacityProviderStrategy ?? [], capacityProviders);
  return { capacityProviders: [...capacityProviders], defaultCapacityProviderStrategy: [...strategy] };
}
