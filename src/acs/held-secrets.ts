/** A version of a secret or parameter that containers of a task got. */
export interface HeldSecret {
  /** The secret's or parameter's. */
  readonly arn: string;
  /** The version's id; of a parameter, its number. */
  readonly version: string;
  readonly containers: readonly string[];
}

/** An entry of `attachments` in SubmitTaskStateChange. */
interface Attachment {
  readonly attachmentArn: string | undefined;
  readonly status: string | undefined;
}

/**
 * What an agent tells of the secrets that a task holds, all of them at once: Sealift's own use of the attachments that an agent
 * reports with a task's state. The attachment is the secret, its status `version container,container`.
 */
export function heldAttachments(held: readonly HeldSecret[]): readonly { attachmentArn: string; status: string }[] {
  return held.map(({ arn, version, containers }) => ({
    attachmentArn: arn,
    status: `${version} ${containers.join(",")}`,
  }));
}

/** The secrets among a report's attachments; `undefined` where it tells of none. What is malformed is left out. */
export function heldIn(attachments: readonly Attachment[]): readonly HeldSecret[] | undefined {
  const held = attachments.flatMap(({ attachmentArn: arn = "", status = "" }): readonly HeldSecret[] => {
    const [, version, containers] = isSecret.test(arn) ? (form.exec(status) ?? []) : [];
    return version && containers ? [{ arn, version, containers: containers.split(",") }] : [];
  });
  return held.length > 0 ? held : undefined;
}

const isSecret = /^arn:[^:]+:(?:secretsmanager:[^:]*:[^:]*:secret|ssm:[^:]*:[^:]*:parameter)[:/][\w/+=.@!-]+$/;
const form = /^([\w-]{1,64}) ([\w-]+(?:,[\w-]+)*)$/;

/** `held` after some containers got their secrets, perhaps not for the first time. */
export function mergeHeld(held: readonly HeldSecret[], got: readonly HeldSecret[]): readonly HeldSecret[] {
  const containers = new Set(got.flatMap((one) => one.containers));
  const others = held.flatMap((one) => {
    const rest = one.containers.filter((name) => !containers.has(name));
    return rest.length > 0 ? [{ ...one, containers: rest }] : [];
  });
  return heldBy(
    [...others, ...got].flatMap(({ containers: names, ...read }) => names.map((name) => [name, read] as const)),
  );
}

/** What single containers got, in one list in a settled order. */
export function heldBy(
  got: readonly (readonly [container: string, read: Pick<HeldSecret, "arn" | "version">])[],
): readonly HeldSecret[] {
  const held = new Map<string, { arn: string; version: string; containers: Set<string> }>();
  for (const [container, { arn, version }] of got) {
    const key = `${arn} ${version}`;
    const one = held.get(key) ?? { arn, version, containers: new Set() };
    held.set(key, { ...one, containers: one.containers.add(container) });
  }
  return [...held]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { arn, version, containers }]) => ({ arn, version, containers: [...containers].sort() }));
}
