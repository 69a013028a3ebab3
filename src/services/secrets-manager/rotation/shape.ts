import type { Rotation } from "./rotation.ts";
import { windowEnd } from "./schedule.ts";

/** The members that DescribeSecret and ListSecrets share; none if rotation was never configured. */
export function shownRotation(rotation: Rotation | undefined) {
  if (!rotation) return {};
  const { isEnabled, functionArn, rules, lastRotatedAt, rotatesAt } = rotation;
  return {
    RotationEnabled: isEnabled,
    RotationLambdaARN: functionArn,
    RotationRules: rules,
    LastRotatedDate: lastRotatedAt,
    // The latest date: the window's end.
    NextRotationDate: rules && rotatesAt && windowEnd(rules, rotatesAt),
  };
}
