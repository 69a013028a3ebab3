import type { LinePosition } from "./events.ts";

/** How far a container's output is delivered. It holds none of it. */
export interface ShippingState {
  /** The last line that was delivered. */
  readonly at?: LinePosition;
  /** What is being delivered: up to which line, and the id of the call, with which it may come twice and counts once. */
  readonly sending?: { readonly to: LinePosition; readonly id: string };
  /** All of it is delivered, or cannot be. */
  readonly isDone?: true;
}

/** Keeps it over a restart or a kill of the agent. */
export interface ShippingStore {
  shipping(container: string): ShippingState | undefined;
  /** Resolves when it is on the disk. It is forgotten with the task. */
  setShipping(task: string, container: string, state: ShippingState): Promise<void>;
}
