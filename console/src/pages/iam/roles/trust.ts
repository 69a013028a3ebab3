/** A use case: which service may assume the role. */
export interface UseCase {
  readonly id: string;
  readonly service: string;
}

export const useCases: readonly UseCase[] = [
  { id: "ecs-task", service: "ecs-tasks.amazonaws.com" },
  { id: "ecs", service: "ecs.amazonaws.com" },
  { id: "ec2", service: "ec2.amazonaws.com" },
];

/** The trust policy of a use case, as AWS's console writes it. */
export function trustOf(service: string): string {
  return JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [{ Sid: "", Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    },
    null,
    2,
  );
}

/** Who may assume a role, for the list: services and identities that its trust policy allows. */
export function trusted(document: string | undefined): readonly string[] {
  try {
    const { Statement = [] } = JSON.parse(decodeURIComponent(document ?? "{}")) as { Statement?: unknown };
    const statements = (Array.isArray(Statement) ? Statement : [Statement]) as readonly {
      readonly Effect?: string;
      readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
    }[];
    return statements
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Principal = [] }) => (typeof Principal === "string" ? [Principal] : Object.values(Principal).flat()));
  } catch {
    return [];
  }
}
