/**
 * As AWS's agent's `ECS_IMAGE_PULL_BEHAVIOR`: `default` pulls, and falls back on the image that is there; `always` pulls and
 * nothing else; `once` and `prefer-cached` pull only what is not there.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
export const pullBehaviors = ["default", "always", "once", "prefer-cached"] as const;

export type PullBehavior = (typeof pullBehaviors)[number];
