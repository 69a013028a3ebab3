import type { Access, Call } from "../../../model/call.ts";
import type { AnyCommand, Input, Output } from "../../../model/operation.ts";
import type { Place } from "../secrets/secret.ts";
import type { StepEvent } from "./rotation.ts";

/** Does one step; throws `RotationFailure` if it fails. */
export type RotationFunction = (event: StepEvent, step: RotationStep) => Promise<void>;

/** The context of a step: where and when it is done, and as whom. */
export interface RotationStep extends Place {
  /** Tells the attempts of a rotation apart; the same one after a crash. */
  readonly attempt: number;
  /** A call that this service makes as the account's root user. */
  newCall(): Call;
  /** Makes such a call to an operation of Secrets Manager. */
  readonly perform: Perform;
}

export type Perform = <C extends AnyCommand>(command: C, input: Input<C>) => Promise<Output<C>>;

/** The functions that secrets can be rotated by. */
export interface RotationFunctions {
  /** `undefined` if there is no function of that ARN. */
  find(functionArn: string): RotationFunction | undefined;
  /** The function that a caller names. */
  resolve(functionArn: string, call: Call): Promise<ResolvedFunction>;
}

export interface ResolvedFunction {
  /** In the form in which it is kept: that of a task definition names its revision. `undefined` if there is no such function. */
  readonly arn: string | undefined;
  /** The permissions of a caller who has a secret rotated by it. */
  readonly access: readonly Access[];
}
