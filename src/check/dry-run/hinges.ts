import type { Trace } from "../../policy/index.ts";

/** Condition keys whose values only the task's place in a network, or its client, gives. */
const unforeseeable =
  /^aws:(SourceIp|SourceVpc|SourceVpce|SourceVpcArn|VpcSourceIp|VpceAccount|VpceOrgID|UserAgent|Referer)$/i;

/** True if a policy's text may hang on such a key: to look for one in a decision is more work than to decide. */
export function mayHinge(text: string): boolean {
  return /aws:(?:Source(?:Ip|Vpc)|Vpc|UserAgent|Referer)/i.test(text);
}

/**
 * The condition key on which the decision hangs and which nobody knows before the task runs; `undefined` where the decision
 * holds whatever its value is.
 */
export function hinge({ decision, decisive, policies }: Trace): string | undefined {
  const own = decisive?.conditions.find(({ key }) => unforeseeable.test(key))?.key;
  if (own !== undefined) return own;
  // A statement of the other effect, which nothing but such a condition keeps from applying.
  const others = decision.effect === "allow" ? "Deny" : "Allow";
  for (const { effect, obstacles } of policies.flatMap(({ statements }) => statements)) {
    const [first] = obstacles;
    if (effect !== others || !first || decision.effect === "explicit-deny") continue;
    if (obstacles.every(({ key }) => key !== undefined && unforeseeable.test(key))) return first.key;
  }
  return undefined;
}
