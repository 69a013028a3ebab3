import type { DispatcherOptions } from "../front-door/dispatcher.ts";
import { ApiError } from "../model/api-error.ts";
import type { WireRequest } from "../wire/protocol.ts";
import type { ControlPlane } from "./control-plane.ts";
import { jsonAnswer } from "./json-answer.ts";

export interface SignedResetOptions {
  readonly plane: Pick<ControlPlane, "service" | "surroundings">;
  readonly authenticate: DispatcherOptions["authenticate"];
  /** The first account. */
  readonly account: string;
  reset(): Promise<void>;
}

/**
 * `POST /_sealift/reset`, signed as a request to ECS by the root user of the first account, empties the installation. Never
 * rejects.
 */
export function signedReset({ plane, authenticate, account, reset }: SignedResetOptions) {
  async function handle(request: WireRequest): Promise<object> {
    const { principal } = await authenticate(request, plane.service.ecs);
    if (principal.kind !== "root" || principal.account !== account) {
      throw new ApiError(
        { code: "AccessDeniedException", status: 403 },
        "Only the root user of the first account may reset",
      );
    }
    await reset();
    return { status: "reset" };
  }

  return jsonAnswer(handle, plane.surroundings.onError);
}
