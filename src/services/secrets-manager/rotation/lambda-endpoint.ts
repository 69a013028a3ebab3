import { invokeLambda, LambdaFailure } from "../../../lambda-endpoint.ts";
import { RotationFailure, type StepEvent } from "./rotation.ts";

/** Invokes an operator's rotation function. */
export async function invokeEndpoint(url: string, event: StepEvent, deadline?: AbortSignal): Promise<void> {
  await invokeLambda(url, event, deadline).catch((error: unknown) => {
    if (!(error instanceof LambdaFailure)) throw error;
    throw new RotationFailure(`The rotation function ${error.message}`, { cause: error.cause });
  });
}
