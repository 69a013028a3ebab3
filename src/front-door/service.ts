import { NormalizedSchema } from "@smithy/core/schema";
import { defined } from "../defined.ts";
import type { Operation, OperationTable } from "../model/operation.ts";
import { type Checker, checker, type Model, type Violation } from "../model/violations.ts";
import type { Tables } from "../storage/schema/index.ts";
import type { SealedColumn } from "../storage/sealed-column.ts";
import type { Protocol } from "../wire/protocol.ts";

/** A service as its clients see it. */
interface WireSettings {
  /** The name in the credential scope: `ssm`, `secretsmanager`. */
  readonly signingName: string;
  /** The prefix of `X-Amz-Target`. Query services have none. */
  readonly targetPrefix?: string;
  /** Requests whose path begins with this are the service's, too, as an agent hands them on that told a log driver such an address. */
  readonly pathPrefix?: string;
  /** The paths of a service whose operations have paths of their own. Unsigned requests for them are the service's. */
  readonly paths?: readonly string[];
  readonly protocol: Protocol;
  /** The answer to input that breaks the model. */
  readonly violation: {
    readonly code: string;
    readonly status: number;
    /** The service's own text for a violation. AWS tells it where nothing else is wrong. */
    wording?(violation: Violation): string | undefined;
  };
}

/** A service as the front door serves it. */
export interface Service extends WireSettings {
  /** The list of operations; `undefined` until it is loaded. */
  readonly loaded: Operations | undefined;
  /** Loads the list of operations and the SDK's client at the first request: not every program uses every service. */
  load(): Promise<Operations>;
}

export interface Operations {
  readonly names: readonly string[];
  /** The operation, if it has been loaded. */
  find(name: string): BoundOperation | undefined;
  /** Loads the operation with its first request; resolves to `undefined` if Sealift lacks it. */
  load(name: string): Promise<BoundOperation | undefined>;
  /** True if AWS has an operation of that name, even if Sealift lacks it. */
  exists(name: string): boolean;
}

/** An operation with its service's context and its checker, made at first use. */
export interface BoundOperation {
  readonly operation: Operation<unknown>;
  readonly context: unknown;
  readonly check: Checker;
}

/** Describes a service to all code that goes through the services. `services/index.ts` lists the descriptors. */
export interface ServiceDescriptor<Context> extends WireSettings {
  /** The name of its folder in `src/services`. */
  readonly name: string;
  /** AWS's name for it. */
  readonly title: string;
  /** The SDK package with its commands. */
  readonly client: string;
  /** The name of its folder in botocore, whose model `limits.json` is made from. */
  readonly model: string;
  /** The tables that hold its data. A reset empties them. */
  readonly tables: readonly (keyof Tables)[];
  /** The columns that are sealed under the root key. `sealift rekey` seals them anew. */
  readonly sealedColumns: readonly SealedColumn[];
  /** The service's `operations.ts`. */
  load(): Promise<{ readonly model: Model; readonly operations: OperationTable<Context> }>;
}

/** Makes the service that runs a descriptor's operations on `context`. */
export function serve<Context>(
  { load, ...settings }: WireSettings & Pick<ServiceDescriptor<Context>, "load">,
  context: Context,
): Service {
  let loading: Promise<Operations> | undefined;
  let loaded: Operations | undefined;
  return {
    signingName: settings.signingName,
    ...defined({ targetPrefix: settings.targetPrefix, pathPrefix: settings.pathPrefix, paths: settings.paths }),
    protocol: settings.protocol,
    violation: settings.violation,
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

function bind<Context>(model: Model, operations: OperationTable<Context>, context: Context): Operations {
  const bound = new Map<string, BoundOperation>();
  const binding = new Map<string, Promise<BoundOperation>>();

  async function bindTo(name: string, load: () => Promise<Operation<unknown>>): Promise<BoundOperation> {
    const operation = await load();
    const made = { operation, context, check: checker(model, NormalizedSchema.of(operation.schema[4])) };
    bound.set(name, made);
    return made;
  }

  return {
    names: Object.keys(operations),
    exists: (name) => `${name}Command` in model.exports,
    find: (name) => bound.get(name),
    async load(name) {
      const load = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!load) return undefined;
      // Requests that come together share the one checker: to make it is more work than to use it.
      const making = binding.get(name) ?? bindTo(name, load);
      binding.set(name, making);
      // What could not be loaded is loaded again by the next request.
      return making.finally(() => binding.delete(name));
    },
  };
}
