import type { Command, StaticOperationSchema } from "@smithy/types";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's commands vary in these
export type AnyCommand<Output> = Command<any, any, any, Output, any>;

/** Makes calls of AWS's operations, as one caller. */
export interface Calls extends Disposable {
  /** The region of calls that are for no other. */
  readonly region: string;
  /** Rejects as AWS's SDK does. */
  send<Output>(command: AnyCommand<Output>, region?: string): Promise<Output>;
}

/** A command's operation: its service's namespace, such as `com.amazonaws.kms`, its name, and its input and output. */
export function schemaOf(command: object): StaticOperationSchema {
  return (command as { readonly schema: StaticOperationSchema }).schema;
}
