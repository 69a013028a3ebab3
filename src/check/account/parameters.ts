import {
  DescribeParametersCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  type ParameterMetadata,
  type ParameterStringFilter,
} from "@aws-sdk/client-ssm";
import { once, type SeenParameter, see, seen, type Tags } from "./account.ts";
import type { Calls } from "./calls.ts";
import { everything } from "./roles.ts";

/** DescribeParameters takes at most so many names in a filter. */
const mostNames = 50;

interface Asked {
  readonly name: string;
  readonly answer: PromiseWithResolvers<SeenParameter | undefined>;
}

/** Parameters: what DescribeParameters tells, and values only if `values` is set. */
export function parametersReader(calls: Calls, values: boolean) {
  const waiting = new Map<string, Asked[]>();

  /** Parameter Store throttles early, so that names which are asked for together are described together. */
  function parameter(region: string, name: string): Promise<SeenParameter | undefined> {
    const asked: Asked = { name, answer: Promise.withResolvers() };
    const others = waiting.get(region);
    if (others) others.push(asked);
    else {
      waiting.set(region, [asked]);
      setImmediate(() => void describeWaiting(region));
    }
    return asked.answer.promise;
  }

  async function describeWaiting(region: string): Promise<void> {
    const all = waiting.get(region) ?? [];
    waiting.delete(region);
    // Each asks for both names of a parameter at the root.
    const size = mostNames / 2;
    for (let start = 0; start < all.length; start += size) await answer(region, all.slice(start, start + size));
  }

  async function answer(region: string, asked: readonly Asked[]): Promise<void> {
    try {
      const found = await describe(
        region,
        asked.map(({ name }) => name),
      );
      for (const { name, answer } of asked) answer.resolve(found.get(rooted(name)));
    } catch (error) {
      for (const { answer } of asked) answer.reject(error);
    }
  }

  async function describe(region: string, names: readonly string[]): Promise<ReadonlyMap<string, SeenParameter>> {
    const Values = [...new Set(names.flatMap((name) => [name, rooted(name)]))];
    const filter = { Key: "Name", Option: "Equals", Values };
    const found = await described(region, names.join(", "), filter);
    return new Map(found.map((parameter) => [rooted(parameter.name), parameter]));
  }

  async function described(
    region: string,
    what: string,
    filter: ParameterStringFilter,
  ): Promise<readonly SeenParameter[]> {
    return everything(async (NextToken) => {
      const input = { ParameterFilters: [filter], MaxResults: 50, NextToken };
      const page = await seen("ssm:DescribeParameters", what, () =>
        calls.send(new DescribeParametersCommand(input), region),
      );
      return { items: (page.Parameters ?? []).map(shape), next: page.NextToken };
    });
  }

  const parametersBelow = once((region: string, path: string) => {
    return described(region, path, { Key: "Path", Option: "Recursive", Values: [path] });
  });

  const parameterTags = once(async (region: string, name: string): Promise<Tags> => {
    const call = () =>
      calls.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name }), region);
    const { TagList = [] } = await seen("ssm:ListTagsForResource", name, call);
    return TagList.map(({ Key: key = "", Value: value = "" }) => ({ key, value }));
  });

  const read = once(async (region: string, Name: string) => {
    const call = () => calls.send(new GetParameterCommand({ Name, WithDecryption: true }), region);
    const answer = await see("ssm:GetParameter", Name, call, ["ParameterNotFound", "ParameterVersionNotFound"]);
    return answer?.Parameter?.Value;
  });

  return {
    parameter: once(parameter),
    parametersBelow,
    parameterTags,
    async parameterValue(region: string, name: string): Promise<string | undefined> {
      return values ? read(region, name) : undefined;
    },
  };
}

function shape({ Name: name = "", Type: type = "String", KeyId, Version: version = 1, Tier }: ParameterMetadata) {
  return { name, type, keyId: KeyId, version, tier: Tier ?? ("Standard" as const) };
}

/** `foo` and `/foo` are one parameter; below the root there is one name only. */
function rooted(name: string): string {
  return name.includes("/") ? name : `/${name}`;
}
