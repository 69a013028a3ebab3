import { CreateUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onNewEntity } from "../entities/access.ts";
import { type User, wholeSeconds } from "../entities/entity.ts";
import { findBoundary } from "../entities/find.ts";
import { userShape } from "../entities/shape.ts";
import { entityExists } from "../errors.ts";
import { mergeTags, readTags, requestTagConditions } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const createUser = operation(CreateUserCommand)({
  access: (input, call) =>
    onNewEntity(
      call,
      "iam:CreateUser",
      { kind: "user", path: input.Path ?? "/", name: input.UserName },
      { boundaryArn: input.PermissionsBoundary, requestTags: requestTagConditions(readTags(input.Tags)) },
    ),
  async run(input, { store, ids }: Iam, call) {
    const user: User = {
      kind: "user",
      id: uniqueId("AIDA", call.account, ids),
      account: call.account,
      name: input.UserName,
      path: input.Path ?? "/",
      boundaryArn: input.PermissionsBoundary,
      tags: mergeTags({}, readTags(input.Tags)),
      createdAt: wholeSeconds(call.time),
    };
    await store.transaction(async (store) => {
      await findBoundary(store, call, user.boundaryArn);
      if (await store.isTaken(call.account, "user", user.name)) throw entityExists("user", user.name);
      await store.insertEntity(user);
    });
    return { User: userShape(call, user) };
  },
});
