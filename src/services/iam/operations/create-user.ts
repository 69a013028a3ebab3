import { CreateUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onNewEntity } from "../entities/access.ts";
import type { User } from "../entities/entity.ts";
import { entityExists } from "../entities/errors.ts";
import { userShape } from "../entities/shape.ts";
import { checkBoundary } from "../policies/find.ts";
import { entityTags } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const createUser = operation(CreateUserCommand)({
  find: (input) => entityTags.read(input.Tags),
  access: (tags, input, call) =>
    onNewEntity(
      call,
      { kind: "user", path: input.Path, name: input.UserName },
      { tags, boundaryArn: input.PermissionsBoundary },
    ),
  async run(tags, input, { store, ids }: Iam, call) {
    const user: User = {
      kind: "user",
      id: uniqueId("AIDA", call.account, ids),
      account: call.account,
      name: input.UserName,
      path: input.Path ?? "/",
      boundaryArn: input.PermissionsBoundary,
      tags: entityTags.merge({}, tags),
      createdAt: wholeSeconds(call.time),
    };
    await store.transaction(async (store) => {
      await checkBoundary(store, call, user.boundaryArn);
      if (await store.users.isTaken(call.account, user.name)) throw entityExists("user", user.name);
      await store.users.insert(user);
    });
    return { User: userShape(call, user) };
  },
});
