import type { Ecs } from "../context.ts";
import { learnFromTrail } from "./learn.ts";
import { redeployer } from "./redeploy.ts";

/** What is done for secrets that tasks hold, round after round. */
export function secretsTender(context: Ecs): () => Promise<void> {
  const redeploy = redeployer(context);
  return async () => {
    await learnFromTrail(context);
    await redeploy();
  };
}
