import type { Subject, SubjectRoute } from "../parts/subject.ts";
import { pathInRegion } from "./regions.ts";

/** The page of an address such as `/console/us-east-1/ecs/clusters`, before there is a router. */
export function firstPage(subjects: readonly Subject[], pathname: string): SubjectRoute | undefined {
  const wanted = pathInRegion(pathname).replace(/\/$/, "").split("/");
  return subjects
    .flatMap(({ routes }) => routes)
    .find(({ path }) => {
      const parts = path.split("/");
      return (
        parts.length === wanted.length && parts.every((part, index) => part.startsWith(":") || part === wanted[index])
      );
    });
}
