import type { Call } from "./call.ts";
import type { AnyCommand, Input, Needs, Operation, Output } from "./operation.ts";
import { operation as bind } from "./operation.ts";

/** The former shape, until every operation is `find → access → run`. */
export interface Definition<In, Out, Context> {
  readonly access: "authenticated" | ((input: In, call: Call, context: Context) => Needs | Promise<Needs>);
  run(input: In, context: Context, call: Call): Promise<Out>;
}

export function operation<C extends AnyCommand>(command: C) {
  return <Context>({ access, run }: Definition<Input<C>, Output<C>, Context>): Operation<Context> =>
    bind(command)<Context, Needs | undefined>({
      find: (input, call, context) => (access === "authenticated" ? undefined : access(input, call, context)),
      access: access === "authenticated" ? access : (needs) => needs ?? [],
      run: (_, input, context, call) => run(input, context, call),
    });
}
