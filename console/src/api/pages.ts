import type { Api, CallOptions } from "./client.ts";
import type { ServiceName, Services } from "./services.ts";
import type { Input, OperationName, Output } from "./wire.ts";

/** Names of the members that carry a page's token, input and output, in the services' several words. */
const tokens: readonly (readonly [input: string, output: string])[] = [
  ["nextToken", "nextToken"],
  ["NextToken", "NextToken"],
  ["Marker", "Marker"],
  ["Marker", "NextMarker"],
];

/** Most pages that one list reads: beyond that a list has to be filtered by the API. */
const mostPages = 1_000;

/** Calls an operation until it names no further page, or `most` items are there, and joins the lists of that member. */
export async function everyPage<
  Service extends ServiceName,
  Name extends OperationName<Services[Service]>,
  Member extends keyof Output<Services[Service], Name>,
>(
  api: Api,
  service: Service,
  operation: Name,
  input: Input<Services[Service], Name>,
  member: Member,
  { most = Number.POSITIVE_INFINITY, ...options }: CallOptions & { readonly most?: number } = {},
): Promise<Items<Output<Services[Service], Name>[Member]>> {
  const items: unknown[] = [];
  let token: object = {};
  for (let page = 0; page < mostPages; page += 1) {
    const output = await api.call(service, operation, { ...input, ...token }, options);
    items.push(...((output[member] as readonly unknown[] | undefined) ?? []));
    const next = nextToken(output);
    if (next === undefined || items.length >= most) break;
    token = next;
  }
  return items.slice(0, most) as Items<Output<Services[Service], Name>[Member]>;
}

type Items<List> = NonNullable<List> extends readonly (infer Item)[] ? Item[] : never;

function nextToken(output: object): object | undefined {
  const members = output as Readonly<Record<string, unknown>>;
  if (members.IsTruncated === false || members.Truncated === false) return undefined;
  for (const [inputName, outputName] of tokens) {
    const token = members[outputName];
    if (typeof token === "string" && token !== "") return { [inputName]: token };
  }
  return undefined;
}

/** Pieces of at most so many, for operations that describe a few by name. */
export function chunks<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  );
}
