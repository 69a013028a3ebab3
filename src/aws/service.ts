import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef } from "@smithy/types";
import type { Operation } from "./operation.ts";
import type { Protocol } from "./protocol.ts";
import { type Checker, checker, type Model } from "./violations.ts";

/** A service as the front door serves it. */
export interface Service {
  /** As in the credential scope: `ssm`, `secretsmanager`. */
  readonly signingName: string;
  /** Of `X-Amz-Target`; absent for Query services. */
  readonly targetPrefix?: string;
  readonly protocol: Protocol;
  /** Code and status of the answer to input that breaks the model. */
  readonly violation: { readonly code: string; readonly status: number };
  find(operationName: string): BoundOperation | undefined;
  /** Whether AWS has an operation of that name, implemented here or not. */
  exists(operationName: string): boolean;
  readonly operationNames: readonly string[];
}

/** An operation with its service's context and its checker, made at first use. */
export interface BoundOperation {
  readonly operation: Operation<unknown>;
  readonly context: unknown;
  readonly check: Checker;
}

export interface ServiceDefinition<Context> {
  readonly signingName: string;
  readonly targetPrefix?: string;
  readonly protocol: Protocol;
  readonly violation: { readonly code: string; readonly status: number };
  readonly model: Model;
  readonly operations: readonly Operation<Context>[];
}

/** A service over its context. */
export function service<Context>(definition: ServiceDefinition<Context>, context: Context): Service {
  const { operations, model, ...rest } = definition;
  const byName = new Map(operations.map((operation) => [operation.name, operation as Operation<unknown>]));
  const bound = new Map<string, BoundOperation>();
  return {
    ...rest,
    operationNames: operations.map(({ name }) => name),
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
