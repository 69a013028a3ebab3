/** Of DescribeTasks. */
interface Tag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

/** A version of a secret or parameter that a task holds, as the tags of DescribeTasks tell it. */
export interface HeldSecret {
  readonly arn: string;
  /** The version's id, or a parameter's number. */
  readonly version: string;
  /** `stale`: started now, the container would get another version. `gone`: the secret, or that version, is no more. */
  readonly state: "current" | "stale" | "gone";
  readonly containers: readonly string[];
}

export interface Held {
  readonly secrets: readonly HeldSecret[];
  /** `agent` or `audit-trail`; undefined where nobody has told yet, or the task holds nothing. */
  readonly learntFrom: string | undefined;
  /** Why the task could not get newer versions while it runs. */
  readonly failure: string | undefined;
}

const secretTag = "sealift:secret:";
const learntTag = "sealift:secrets-learnt-from";
const failureTag = "sealift:secrets-failure";

/** What a task holds, from the tags that DescribeTasks gave it. */
export function heldBy(tags: readonly Tag[] = []): Held {
  const tagValue = (wanted: string) => tags.find(({ key }) => key === wanted)?.value;
  return {
    secrets: tags.flatMap(({ key = "", value = "" }) =>
      key.startsWith(secretTag) ? versions(key.slice(secretTag.length), value) : [],
    ),
    learntFrom: tagValue(learntTag),
    failure: tagValue(failureTag),
  };
}

function versions(arn: string, value: string): readonly HeldSecret[] {
  return value.split("; ").flatMap((entry): readonly HeldSecret[] => {
    const [version = "", state = "", containers = ""] = entry.split(" ");
    if (state !== "current" && state !== "stale" && state !== "gone") return [];
    return [{ arn, version, state, containers: containers.split(",") }];
  });
}

/** The tags that a task was given: those that DescribeTasks makes about secrets stand elsewhere on its page. */
export function ownTags(tags: readonly Tag[] = []): readonly Tag[] {
  return tags.filter(({ key = "" }) => !key.startsWith(secretTag) && key !== learntTag && key !== failureTag);
}

/** `db/password` of a secret's ARN without the six characters that Secrets Manager adds, `/app/key` of a parameter's. */
export function secretName(arn: string): string {
  const [, , service, , , ...rest] = arn.split(":");
  const resource = rest.join(":");
  if (service === "secretsmanager") return resource.replace(/^secret:/, "").replace(/-[A-Za-z0-9]{6}$/, "");
  if (service !== "ssm") return arn;
  const name = resource.replace(/^parameter\//, "");
  return name.includes("/") ? `/${name}` : name;
}
