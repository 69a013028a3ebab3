import type { CapacityProviderStrategyItem } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../errors.ts";
import { capacityProviderName, isFargateProvider } from "./capacity-provider.ts";

/** One provider of a strategy, with its defaults. */
export interface StrategyItem {
  readonly capacityProvider: string;
  readonly weight: number;
  readonly base: number;
}

export type Strategy = readonly StrategyItem[];

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const mostProviders = 20;

/**
 * A strategy with its defaults. Throws AWS's refusal of one that does not fit the providers that are associated with its
 * cluster, or that no task could be placed by. A cluster's default strategy may be without weights.
 */
export function readStrategy(
  given: readonly CapacityProviderStrategyItem[],
  associated: readonly string[] = [],
): Strategy {
  const items = given.map(({ capacityProvider = "", weight = 0, base = 0 }) => ({
    capacityProvider: capacityProviderName(capacityProvider),
    weight,
    base,
  }));
  const names = new Set(items.map(({ capacityProvider }) => capacityProvider));
  if (items.length > mostProviders) {
    throw invalidParameter(
      `A capacity provider strategy can contain a maximum of ${mostProviders} capacity providers.`,
    );
  }
  if (names.size < items.length) {
    throw invalidParameter(
      "The specified capacity provider strategy contains a capacity provider more than once. Specify each capacity provider once and try again.",
    );
  }
  if ([...names].some((name) => !associated.includes(name))) {
    throw invalidParameter(
      "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.",
    );
  }
  if (new Set([...names].map(isFargateProvider)).size > 1) {
    throw invalidParameter(
      "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers. Specify one or the other and try again.",
    );
  }
  if (items.filter(({ base }) => base > 0).length > 1) {
    throw invalidParameter(
      "The specified capacity provider strategy contains multiple capacity providers with a base value defined. Only one capacity provider can have a base value. Specify a valid capacity provider strategy and try again.",
    );
  }
  return items;
}

/** Throws AWS's refusal of a strategy that places no task. */
export function checkWeights(strategy: Strategy, isDefault: boolean): void {
  if (strategy.some(({ weight }) => weight > 0)) return;
  throw invalidParameter(
    isDefault
      ? "There are no capacity providers with a weight value greater than zero defined in the default capacity provider strategy. At least one capacity provider must have a weight value greater than zero specified. Update the cluster's default capacity provider strategy or specify a valid capacity provider strategy and try again."
      : "There are no capacity providers in the capacity provider strategy with a weight value greater than zero. At least one capacity provider must have a weight value greater than zero specified. Specify a valid capacity provider strategy and try again.",
  );
}

/** True if both place the same tasks. */
export function isSameStrategy(one: Strategy, other: Strategy): boolean {
  const parts = (strategy: Strategy) =>
    strategy.map(({ capacityProvider, weight, base }) => `${capacityProvider} ${weight} ${base}`).sort();
  return parts(one).join() === parts(other).join();
}

/** How many tasks each provider has. */
export type ProviderCounts = ReadonlyMap<string, number>;

/**
 * The providers of `count` further tasks, with how many each gets, in the strategy's order. First the base is filled; the
 * tasks beyond it are shared by weight, counting those that are there.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export function split(strategy: Strategy, count: number, there: ProviderCounts = new Map()): ProviderCounts {
  const have = new Map(strategy.map(({ capacityProvider }) => [capacityProvider, there.get(capacityProvider) ?? 0]));
  const added = new Map<string, number>();
  for (let index = 0; index < count; index++) {
    const next = nextProvider(strategy, have);
    if (!next) break;
    const { capacityProvider } = next;
    have.set(capacityProvider, (have.get(capacityProvider) ?? 0) + 1);
    added.set(capacityProvider, (added.get(capacityProvider) ?? 0) + 1);
  }
  return added;
}

/** The provider that has least of its share; of several the first. */
function nextProvider(strategy: Strategy, have: ProviderCounts): StrategyItem | undefined {
  const beyondBase = ({ capacityProvider, base }: StrategyItem) => (have.get(capacityProvider) ?? 0) - base;
  const short = strategy.find((item) => beyondBase(item) < 0);
  if (short) return short;
  const share = (item: StrategyItem) => (beyondBase(item) + 1) / item.weight;
  return strategy
    .filter(({ weight }) => weight > 0)
    .reduce<StrategyItem | undefined>((best, item) => (best && share(best) <= share(item) ? best : item), undefined);
}

/** How far a provider is over its share; the tasks of the one that is furthest over go first. */
export function excess(strategy: Strategy, have: ProviderCounts, provider: string): number {
  const item = strategy.find(({ capacityProvider }) => capacityProvider === provider);
  if (!item) return Number.POSITIVE_INFINITY;
  const beyond = (have.get(provider) ?? 0) - item.base;
  if (beyond <= 0) return Number.NEGATIVE_INFINITY;
  return item.weight > 0 ? beyond / item.weight : Number.POSITIVE_INFINITY;
}
