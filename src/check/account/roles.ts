import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  type Role as SdkRole,
} from "@aws-sdk/client-iam";
import { parseArn } from "../../arn.ts";
import { parsePolicy } from "../../policy/index.ts";
import type { Role } from "../../services/iam/index.ts";
import { type Account, once, type PolicyText, see, seen, Unseen } from "./account.ts";
import type { Calls } from "./calls.ts";

const noSuchEntity = ["NoSuchEntityException", "NoSuchEntity"];

/** Roles with all that decides about them: trust policy, attached and inline policies, permissions boundary. */
export function roleReader(calls: Calls, { id: account }: Pick<Account, "id">) {
  const role = once(async (arn: string): Promise<Role | undefined> => {
    const parts = parseArn(arn);
    const name = parts?.resource.split("/").at(-1) ?? "";
    if (parts && parts.account !== account) {
      throw new Unseen("iam:GetRole", arn, `the role is of account ${parts.account}, the credentials of ${account}`);
    }
    const answer = await see(
      "iam:GetRole",
      arn,
      () => calls.send(new GetRoleCommand({ RoleName: name })),
      noSuchEntity,
    );
    return answer?.Role && shape(answer.Role, account);
  });

  const managed = once(async (arn: string): Promise<PolicyText> => {
    const { Policy } = await seen("iam:GetPolicy", arn, () => calls.send(new GetPolicyCommand({ PolicyArn: arn })));
    const version = { PolicyArn: arn, VersionId: Policy?.DefaultVersionId };
    const { PolicyVersion } = await seen("iam:GetPolicyVersion", arn, () =>
      calls.send(new GetPolicyVersionCommand(version)),
    );
    return readable("iam:GetPolicyVersion", arn, PolicyVersion?.Document);
  });

  async function inline(RoleName: string, arn: string): Promise<readonly PolicyText[]> {
    const names = await everything(async (Marker) => {
      const page = await seen("iam:ListRolePolicies", arn, () =>
        calls.send(new ListRolePoliciesCommand({ RoleName, Marker })),
      );
      return { items: page.PolicyNames ?? [], next: page.Marker };
    });
    return Promise.all(
      names.map(async (PolicyName) => {
        const answer = await seen("iam:GetRolePolicy", arn, () =>
          calls.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
        );
        return { ...readable("iam:GetRolePolicy", PolicyName, answer.PolicyDocument), name: PolicyName };
      }),
    );
  }

  async function attached(RoleName: string, arn: string): Promise<readonly PolicyText[]> {
    const arns = await everything(async (Marker) => {
      const call = () => calls.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker }));
      const page = await seen("iam:ListAttachedRolePolicies", arn, call);
      return { items: (page.AttachedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn), next: page.Marker };
    });
    return Promise.all(arns.map(managed));
  }

  const policies = once(async (name: string, boundaryArn: string) => {
    const [one, other, boundary] = await Promise.all([
      inline(name, name),
      attached(name, name),
      boundaryArn === "" ? undefined : managed(boundaryArn),
    ]);
    return { identity: [...one, ...other], boundary };
  });

  return { role, rolePolicies: ({ name, boundaryArn = "" }: Role) => policies(name, boundaryArn) };
}

/** A policy that the engine cannot read cannot be decided by. */
function readable(action: string, name: string, encoded = ""): PolicyText {
  const text = decodeURIComponent(encoded);
  try {
    parsePolicy(text, "identity");
  } catch (error) {
    throw new Unseen(action, name, `the policy cannot be read: ${(error as Error).message}`);
  }
  return { name, text };
}

function shape(role: SdkRole, account: string): Role {
  const { RoleId = "", RoleName = "", Path = "/", AssumeRolePolicyDocument = "", Tags = [] } = role;
  return {
    kind: "role",
    id: RoleId,
    account,
    name: RoleName,
    path: Path,
    boundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn,
    tags: Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value])),
    createdAt: role.CreateDate ?? new Date(0),
    trustPolicy: decodeURIComponent(AssumeRolePolicyDocument),
    description: role.Description,
    maxSessionDuration: role.MaxSessionDuration ?? 3600,
  };
}

/** All pages of a list. */
export async function everything<T>(
  read: (marker: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let marker: string | undefined; ; ) {
    const { items, next } = await read(marker);
    found.push(...items);
    if (!next) return found;
    marker = next;
  }
}
