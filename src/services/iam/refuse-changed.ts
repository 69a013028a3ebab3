import { isDeepStrictEqual } from "node:util";
import { concurrentModification } from "./errors.ts";
import type { Tags } from "./tags.ts";

/** The properties of a resource that policies see, in its ARN and in condition keys. */
interface Authorised {
  readonly name?: string;
  readonly path?: string;
  readonly boundaryArn?: string | undefined;
  readonly tags: Tags;
}

/** Refuses to go on where policies would see another resource `now` than when they allowed the request. */
export function refuseChanged(before: Authorised, now: Authorised): void {
  if (!isDeepStrictEqual(seen(before), seen(now))) throw concurrentModification();
}

function seen({ name, path, boundaryArn, tags }: Authorised) {
  return [name, path, boundaryArn, tags];
}
