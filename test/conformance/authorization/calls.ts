import type { Call } from "../../../src/model/call.ts";
import { testCall } from "../../support/in-process.ts";
import type { Resources } from "./fixture.ts";
import { generatedInput } from "./generated-input.ts";
import { inputs } from "./inputs.ts";
import { likelyMembers } from "./likely-members.ts";
import type { Input, Plane } from "./plane.ts";

/** An operation with the inputs and the caller of its calls. */
export interface OperationCalls {
  readonly service: string;
  readonly name: string;
  /** The name of a required member for which no value is known, instead of inputs. */
  readonly inputs: readonly Input[] | string;
  readonly caller: Call;
}

/** Calls of every operation of every service, on the resources that the fixture made. */
export function callsOfAll(plane: Plane, made: Resources): readonly OperationCalls[] {
  const likely = likelyMembers(made);
  const given = new Map(Object.entries(inputs(made)));
  const all = plane.services.flatMap(({ signingName: service }) =>
    plane.names(service).map((name): OperationCalls => {
      const operation = `${service}:${name}`;
      const known = given.get(operation);
      given.delete(operation);
      const generated = known ?? generatedInput(plane.bound(service, name), likely[service] ?? []);
      const isList = Array.isArray(generated) || typeof generated === "string";
      return { service, name, inputs: isList ? generated : [generated], caller: callerOf(plane, operation) };
    }),
  );
  if (given.size > 0) throw new Error(`Inputs of unknown operations: ${[...given.keys()].join(", ")}`);
  return all;
}

/** Root may not assume roles, and has no password here. */
function callerOf(plane: Plane, operation: string): Call {
  const call = testCall(plane.clock);
  if (!/^sts:|^iam:ChangePassword$/.test(operation)) return call;
  return { ...call, principal: { ...call.principal, kind: "user", userName: "app" } };
}
