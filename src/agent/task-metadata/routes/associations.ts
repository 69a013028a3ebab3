import { type Answer, json, type MetadataRequest } from "../answer.ts";
import type { Metadata } from "../metadata.ts";
import { findFor, runtimeIdOf } from "./find.ts";

export interface Association {
  readonly version: 3 | 4;
  readonly type: string;
  /** Absent where all of the type are asked for. */
  readonly name?: string;
}

/** Associations are elastic inference accelerators, which no task has. */
export async function associations(
  metadata: Metadata,
  id: string,
  { version, type, name }: Association,
  request: MetadataRequest,
): Promise<Answer> {
  const found = await findFor(metadata, id, request);
  const handler = `V${version} container association${name === undefined ? "s" : ""} handler`;
  if (name === undefined && (!found || runtimeIdOf(found) === undefined)) {
    const reason = `unable to get docker ID from v3 endpoint ID: ${id}`;
    return json(400, `${handler}: unable to get container id from request: ${reason}`);
  }
  if (!found) {
    return json(
      400,
      `${handler}: unable to get task arn from request: unable to get task Arn from v3 endpoint ID: ${id}`,
    );
  }
  if (name === undefined) return json(200, { Associations: [] });
  const reason = `unable to get association from association type ${type} and association name ${name}`;
  return json(400, `Unable to write container association response: ${reason}`);
}
