import type { Ids } from "../../ids.ts";
import type { Authorize } from "../../model/call.ts";
import type { RegistryTokens } from "./authorization/token.ts";
import type { EcrStore } from "./store.ts";

/** Everything that ECR's operations work with. */
export interface Ecr {
  readonly store: EcrStore;
  readonly ids: Ids;
  readonly authorize: Authorize;
  readonly tokens: RegistryTokens;
  /** Absent where this server runs no registry. */
  readonly registry: Registry | undefined;
}

/** The program that keeps manifests and layers, with the Docker Registry HTTP API. Each repository is there under its id. */
export interface Registry {
  /** Sends a request; the path begins with `/v2/`. Rejects if the registry cannot be reached. */
  send(request: RegistryRequest): Promise<RegistryAnswer>;
  /** The URL at which Docker reaches it, for a caller who reaches this server as `host`. */
  endpoint(host: string): string;
}

export interface RegistryRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
}

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** To be read or ended (`return`). */
  readonly body: AsyncIterable<Uint8Array>;
}
