import type { Command, StaticOperationSchema } from "@smithy/types";
import type { Access, Call } from "./call.ts";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's command classes vary in all five
export type AnyCommand = new (input: any) => Command<any, any, any, any, any>;

/**
 * A command's input once the violations walk has passed: the SDK types required members as `T | undefined`.
 */
type Checked<T> = T extends Date | Uint8Array
  ? T
  : T extends (infer Item)[]
    ? // A union's unknown member is a pair, and stays one.
      number extends T["length"]
      ? Checked<Item>[]
      : T
    : T extends object
      ? { [Key in keyof T]: Checked<Exclude<T[Key], undefined>> }
      : T;

export type Input<C extends AnyCommand> = Checked<NonNullable<ConstructorParameters<C>[0]>>;
export type Output<C extends AnyCommand> =
  // biome-ignore lint/suspicious/noExplicitAny: only the output is asked for
  InstanceType<C> extends Command<any, any, any, infer Out, any> ? Omit<Out, "$metadata"> : never;

/** One thing that a caller of an operation must be allowed to do. The action is the operation's own if not given. */
export type Need = Omit<Access, "action"> & { readonly action?: string };
export type Needs = Need | readonly Need[];

/** What this server does for an operation: it finds, asks for access to what it found, and runs with what was authorised. */
export interface Definition<In, Out, Context, Found = undefined> {
  /**
   * Reads what the call is about. The result is all that `access` and `run` know of it: neither reads it again. Finding
   * nothing is a result too (`undefined` members), so that a denied caller does not learn what exists.
   */
  find?(input: In, call: Call, context: Context): Promise<Found> | Found;
  /**
   * What the caller must be allowed to do with what was found. Pure. `"authenticated"` is for the few operations that AWS
   * lets every caller use (GetCallerIdentity).
   */
  readonly access: "authenticated" | ((found: Found, input: In, call: Call) => Needs);
  /** Does it to what was found. A write that depends on its state compares that state in its transaction. */
  run(found: Found, input: In, context: Context, call: Call): Promise<Out>;
}

/** One API operation: its wire schema and what this server does for it. */
export interface Operation<Context> {
  readonly name: string;
  readonly schema: StaticOperationSchema;
  find(input: never, call: Call, context: Context): unknown;
  readonly access: "authenticated" | ((found: never, input: never, call: Call) => Needs);
  run(found: never, input: never, context: Context, call: Call): Promise<object>;
}

/** Binds an operation of an AWS SDK client (its name, types and schema) to what this server does for it. */
export function operation<C extends AnyCommand>(command: C) {
  return <Context, Found = undefined>(
    definition: Definition<Input<C>, Output<C>, Context, Found>,
  ): Operation<Context> => {
    const { schema } = new command({}) as unknown as { schema: StaticOperationSchema };
    return {
      name: schema[2],
      schema,
      find: (definition.find ?? findNothing) as Operation<Context>["find"],
      access: definition.access as Operation<Context>["access"],
      run: definition.run as Operation<Context>["run"],
    };
  };
}

function findNothing(): undefined {}

/** What a caller must be allowed to do, each with its action. `service` is the prefix of the service's actions. */
export function accessesOf<Context>(
  service: string,
  { name, access }: Operation<Context>,
  found: unknown,
  input: object,
  call: Call,
): readonly Access[] {
  if (access === "authenticated") return [];
  const needs = access(found as never, input as never, call);
  const all: readonly Need[] = Array.isArray(needs) ? needs : [needs as Need];
  return all.map((need) => ({ ...need, action: need.action ?? `${service}:${name}` }));
}
