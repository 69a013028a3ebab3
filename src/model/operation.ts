import type { Command, StaticOperationSchema } from "@smithy/types";
import type { Access, Call } from "./call.ts";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's command classes vary in all five
export type AnyCommand = new (input: any) => Command<any, any, any, any, any>;

/**
 * A command's input after the violations check. The SDK types required members as `T | undefined`; here they are `T`.
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

/** An operation's implementation: it finds its subject, asks for access to it, and runs on what was authorised. */
export interface Definition<In, Out, Context, Found = undefined> {
  /**
   * Reads the call's subject from storage. `access` and `run` use this result and do not read the subject again. A missing
   * subject is a result (`undefined` members), not an error: a denied caller must not learn what exists.
   */
  find?(input: In, call: Call, context: Context): Promise<Found> | Found;
  /**
   * Lists what the caller must be allowed to do with what was found. Pure. `"authenticated"` is for the few operations that
   * AWS lets every caller use (GetCallerIdentity).
   */
  readonly access: "authenticated" | ((found: Found, input: In, call: Call) => Needs);
  /** Does the work on what was found. A write that depends on the found state compares that state in its transaction. */
  run(found: Found, input: In, context: Context, call: Call): Promise<Out>;
}

/** One API operation: its wire schema and its implementation. */
export interface Operation<Context> {
  readonly name: string;
  readonly schema: StaticOperationSchema;
  find(input: never, call: Call, context: Context): unknown;
  readonly access: "authenticated" | ((found: never, input: never, call: Call) => Needs);
  run(found: never, input: never, context: Context, call: Call): Promise<object>;
}

/** The operations of a service by name. Each is loaded when it is needed: a process that serves few starts faster. */
export type OperationTable<Context> = Readonly<Record<string, () => Promise<Operation<Context>>>>;

/** Binds an operation of an AWS SDK client (its name, types and schema) to its implementation here. */
export function operation<C extends AnyCommand>(command: C) {
  return <Context, Found = undefined>(
    definition: Definition<Input<C>, Output<C>, Context, Found>,
  ): Operation<Context> => {
    const { schema } = new command({}) as unknown as { schema: StaticOperationSchema };
    return {
      name: schema[2],
      schema,
      find: definition.find ?? findNothing,
      access: definition.access,
      run: definition.run,
    };
  };
}

function findNothing(): undefined {}

/** Lists the accesses that a call needs, each with its action. `service` is the prefix of the service's actions. */
export function accessesOf<Context>(
  service: string,
  { name, access }: Operation<Context>,
  found: unknown,
  input: object,
  call: Call,
): readonly Access[] {
  if (access === "authenticated") return [];
  const needs = access(found as never, input as never, call);
  const all = "resource" in needs ? [needs] : needs;
  return all.map((need) => ({ ...need, action: need.action ?? `${service}:${name}` }));
}
