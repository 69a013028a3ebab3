import type { Attribute } from "@aws-sdk/client-ecs";

/**
 * What is otherwise here than AWS would have it, by what it is about (`resources`, `efs`), in words for people. A task keeps
 * its notices; DescribeTasks shows them as attributes, and the task's service as events.
 */
export type Notices = Readonly<Record<string, string>>;

const prefix = "sealift.notice.";

/** Notices as attributes of their task. */
export function noticeAttributes(notices: Notices = {}): Attribute[] {
  return Object.entries(notices).map(([what, value]) => ({ name: `${prefix}${what}`, value }));
}
