import type { Command, StaticOperationSchema } from "@smithy/types";
import type { Access, Call } from "./call.ts";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's command classes vary in all five
type AnyCommand = new (input: any) => Command<any, any, any, any, any>;

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

type Input<C extends AnyCommand> = Checked<NonNullable<ConstructorParameters<C>[0]>>;
type Output<C extends AnyCommand> =
  // biome-ignore lint/suspicious/noExplicitAny: only the output is asked for
  InstanceType<C> extends Command<any, any, any, infer Out, any> ? Omit<Out, "$metadata"> : never;

/** What calling an operation needs to be allowed; `undefined` members of a list are left out. */
export type Accesses = Access | readonly Access[];

export interface Definition<In, Out, Context> {
  /**
   * What the caller must be allowed to do. `"authenticated"` is for the few operations that AWS lets every caller use
   * (GetCallerIdentity).
   */
  readonly access: "authenticated" | ((input: In, call: Call, context: Context) => Accesses | Promise<Accesses>);
  run(input: In, context: Context, call: Call): Promise<Out>;
}

/** One API operation: its wire schema and what this server does for it. */
export interface Operation<Context> {
  readonly name: string;
  readonly schema: StaticOperationSchema;
  readonly access: Definition<never, object, Context>["access"];
  run(input: never, context: Context, call: Call): Promise<object>;
}

/** Binds an operation of an AWS SDK client (its name, types and schema) to what this server does for it. */
export function operation<C extends AnyCommand>(command: C) {
  return <Context>(definition: Definition<Input<C>, Output<C>, Context>): Operation<Context> => {
    const { schema } = new command({}) as unknown as { schema: StaticOperationSchema };
    return {
      name: schema[2],
      schema,
      access: definition.access as Operation<Context>["access"],
      run: definition.run as Operation<Context>["run"],
    };
  };
}
