import type { ContainerSpec } from "../../containers.ts";
import type { RuntimeEvent } from "../../events.ts";

/** A request of the runtime to its keeper. Records travel as `encodeRecord` writes them. */
export type KeeperRequest =
  /** Starts the program of a created container. */
  | { readonly kind: "start"; readonly record: string; readonly spec: ContainerSpec }
  /** As `Containers.stop`. */
  | { readonly kind: "stop"; readonly id: string; readonly timeoutSeconds: number }
  /** Waits until the log of a container that has ended is delivered, and forgets the container. */
  | { readonly kind: "release"; readonly id: string };

export interface NumberedRequest {
  readonly number: number;
  readonly request: KeeperRequest;
}

/** A message of the keeper. A container's new record comes before the answer or the event that follows from it. */
export type KeeperMessage =
  | { readonly kind: "answer"; readonly number: number; readonly failure?: Failure }
  | { readonly kind: "record"; readonly record: string }
  | { readonly kind: "event"; readonly event: RuntimeEvent }
  | { readonly kind: "warning"; readonly message: string };

/** A `RuntimeError`. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}
