import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef } from "@smithy/types";
import type { Operation } from "../model/operation.ts";
import { type Checker, checker, type Model } from "../model/violations.ts";
import type { Tables } from "../storage/schema/index.ts";
import type { SealedColumn } from "../storage/sealed-column.ts";
import type { Protocol } from "../wire/protocol.ts";

interface Face {
  /** As in the credential scope: `ssm`, `secretsmanager`. */
  readonly signingName: string;
  /** Of `X-Amz-Target`; absent for Query services. */
  readonly targetPrefix?: string;
  readonly protocol: Protocol;
  /** Code and status of the answer to input that breaks the model. */
  readonly violation: { readonly code: string; readonly status: number };
}

/** A service as the front door serves it. */
export interface Service extends Face {
  /** Its operations, once they are loaded. */
  readonly loaded: Operations | undefined;
  /** Loads the operations and the SDK's client at the first request: not every program uses every service. */
  load(): Promise<Operations>;
}

export interface Operations {
  readonly names: readonly string[];
  find(name: string): BoundOperation | undefined;
  /** Whether AWS has an operation of that name, implemented here or not. */
  exists(name: string): boolean;
}

/** An operation with its service's context and its checker, made at first use. */
export interface BoundOperation {
  readonly operation: Operation<unknown>;
  readonly context: unknown;
  readonly check: Checker;
}

/** A service, as everything that lists services reads it. `services/index.ts` lists all of them. */
export interface ServiceDescriptor<Context> extends Face {
  /** Of its folder in `src/services`. */
  readonly name: string;
  /** As AWS calls it. */
  readonly title: string;
  /** The SDK's package with its commands. */
  readonly client: string;
  /** Of its model's folder in botocore, from which `limits.json` is made. */
  readonly model: string;
  /** Tables that hold its data: a reset empties them. */
  readonly tables: readonly (keyof Tables)[];
  /** Columns that are sealed under the root key: `sealift rekey` seals them anew. */
  readonly sealedColumns: readonly SealedColumn[];
  /** The service's `operations.ts`. */
  load(): Promise<{ readonly model: Model; readonly operations: readonly Operation<Context>[] }>;
}

/** A service over its context. */
export function serve<Context>(
  { load, ...face }: Face & Pick<ServiceDescriptor<Context>, "load">,
  context: Context,
): Service {
  let loading: Promise<Operations> | undefined;
  let loaded: Operations | undefined;
  return {
    signingName: face.signingName,
    ...(face.targetPrefix !== undefined && { targetPrefix: face.targetPrefix }),
    protocol: face.protocol,
    violation: face.violation,
    get loaded() {
      return loaded;
    },
    load() {
      loading ??= load().then(({ model, operations }) => {
        loaded = bind(model, operations, context);
        return loaded;
      });
      return loading;
    },
  };
}

function bind<Context>(model: Model, operations: readonly Operation<Context>[], context: Context): Operations {
  const byName = new Map(operations.map((operation) => [operation.name, operation as Operation<unknown>]));
  const bound = new Map<string, BoundOperation>();
  return {
    names: [...byName.keys()],
    exists: (name) => `${name}Command` in model.exports,
    find(name) {
      const known = bound.get(name);
      const operation = byName.get(name);
      if (known || !operation) return known;
      const input = NormalizedSchema.of(operation.schema[4] as SchemaRef);
      const made = { operation, context, check: checker(model, input) };
      bound.set(name, made);
      return made;
    },
  };
}
