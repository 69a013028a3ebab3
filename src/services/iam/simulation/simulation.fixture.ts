import type * as sdk from "@aws-sdk/client-iam";
import { allow, arnOf, document } from "../iam.fixture.ts";

export const bucket = "arn:aws:s3:::stage";

/** A simulation of one allowed action. */
export const getObject = { PolicyInputList: [document(allow("s3:GetObject"))], ActionNames: ["s3:GetObject"] };

/** A policy of a thousand statements. */
export const longPolicy = document(
  ...Array.from({ length: 1_000 }, () => ({ Effect: "Deny", Action: "s3:*", Resource: "*" })),
);

/** The policies and positions of the statements that matched: `PolicyInputList.1@1:38`. */
export function matched(result: sdk.EvaluationResult | undefined) {
  return result?.MatchedStatements?.map(
    ({ SourcePolicyId: id, StartPosition: from }) => `${id}@${from?.Line}:${from?.Column}`,
  );
}

/** Makes a user with an inline policy, a managed policy and a boundary, and gives its ARN. */
export async function makeAlice(iam: sdk.IAM): Promise<string> {
  const policy = async (PolicyName: string, PolicyDocument: string) =>
    (await iam.createPolicy({ PolicyName, PolicyDocument })).Policy?.Arn;
  const PermissionsBoundary = await policy("boundary", document(allow(["s3:GetObject", "s3:PutObject"])));
  await iam.createUser({ UserName: "alice", Path: "/team/", PermissionsBoundary });
  await iam.putUserPolicy({ UserName: "alice", PolicyName: "Inline", PolicyDocument: document(allow("s3:GetObject")) });
  const managed = await policy(
    "managed",
    document(allow("s3:Delete*"), { Effect: "Deny", Action: "s3:PutObject", Resource: "*" }),
  );
  await iam.attachUserPolicy({ UserName: "alice", PolicyArn: managed });
  return arnOf("user/team/alice");
}

const session = "arn:aws:sts::111122223333:assumed-role/app/session";

/** ARNs of no entity of the account beside alice, and how they are refused. */
export const noEntities: readonly (readonly [arn: string, name: string, message: string])[] = [
  [session, "InvalidInputException", `Invalid Entity Arn: ${session} does not clearly define entity type and name.`],
  [arnOf("user/alice"), "NoSuchEntityException", "The user with name alice cannot be found."],
  [arnOf("role/app"), "NoSuchEntityException", "The role with name app cannot be found."],
  ["arn:aws:iam::444455556666:user/team/alice", "NoSuchEntityException", "The user with name alice cannot be found."],
];
