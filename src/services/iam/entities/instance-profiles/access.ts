import type { Access, Call } from "../../../../model/call.ts";
import type { Iam } from "../../context.ts";
import { awsResourceTags } from "../../resource-tags.ts";
import { instanceProfileArn } from "./instance-profile.ts";

/** What calling an operation on one instance profile needs; `conditions` adds keys that the input sets. */
export function onInstanceProfile<In extends { readonly InstanceProfileName: string }>(
  action: string,
  conditions: (input: In) => Access["conditions"] = () => ({}),
) {
  return async (input: In, call: Call, { store }: Iam): Promise<Access> => {
    const profile = await store.findInstanceProfile(call.account, input.InstanceProfileName);
    return {
      action,
      resource: instanceProfileArn(call, profile?.path ?? "/", input.InstanceProfileName),
      conditions: { ...awsResourceTags(profile?.tags), ...conditions(input) },
    };
  };
}
