import assert from "node:assert/strict";
import { CreateActivationCommand, DescribeActivationsCommand } from "@aws-sdk/client-ssm";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

const IamRole = "service-role/trusting";
const arn = `arn:aws:iam::111122223333:role/${IamRole}`;

testParameters("CreateActivation makes an id and a code, of which only a hash is kept", async (setting) => {
  const { client, database } = setting;
  const made = await client.send(new CreateActivationCommand({ IamRole }));
  assert.match(made.ActivationId ?? "", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.match(made.ActivationCode ?? "", /^[A-Za-z0-9+/]{20}$/);
  const [row] = await database.db.selectFrom("ssm_activations").selectAll().execute();
  assert.equal(row?.activation_id, made.ActivationId);
  assert.equal(row?.code_hash.length, 32);
  assert.ok(!JSON.stringify(row).includes(made.ActivationCode ?? ""));
});

testParameters("CreateActivation keeps what it is given, and else AWS's defaults", async ({ client, clock }) => {
  const day = 24 * 60 * 60 * 1000;
  await client.send(new CreateActivationCommand({ IamRole }));
  clock.advance(1000);
  const given = {
    IamRole,
    Description: "Machines ünder desks",
    DefaultInstanceName: "desk",
    RegistrationLimit: 5,
    ExpirationDate: new Date(clock.now().getTime() + 30 * day),
    Tags: [{ Key: "team", Value: "web" }],
  };
  const second = await client.send(new CreateActivationCommand(given));
  const { ActivationList } = await client.send(new DescribeActivationsCommand({}));
  const { CreatedDate: created } = ActivationList![0]!;
  assert.deepEqual(
    { ...ActivationList?.[0], ActivationId: "" },
    {
      ActivationId: "",
      IamRole,
      RegistrationLimit: 1,
      RegistrationsCount: 0,
      ExpirationDate: new Date(created!.getTime() + day),
      Expired: false,
      CreatedDate: created,
    },
  );
  assert.deepEqual(ActivationList?.[1], {
    ...given,
    ActivationId: second.ActivationId,
    RegistrationsCount: 0,
    Expired: false,
    CreatedDate: clock.now(),
  });
});

testParameters("CreateActivation asks for itself and for passing the role on", async ({ client, asked }) => {
  await client.send(new CreateActivationCommand({ IamRole, Tags: [{ Key: "team", Value: "web" }] }));
  assert.deepEqual(asked, [
    {
      action: "ssm:CreateActivation",
      resource: "*",
      conditions: { "aws:TagKeys": ["team"], "aws:RequestTag/team": "web" },
    },
    {
      action: "iam:PassRole",
      resource: arn,
      conditions: {
        "iam:PassedToService": "ssm.amazonaws.com",
        "iam:AssociatedResourceArn": "arn:aws:ssm:us-east-1:111122223333:managed-instance/*",
      },
    },
  ]);
});

testParameters(
  "CreateActivation refuses a role that does not trust Systems Manager, and bad input",
  async (setting) => {
    const { client, clock } = setting;
    const message =
      "Nonexistent role or missing ssm service principal in trust policy: arn:aws:iam::111122223333:role/x";
    await assertRefused(client.send(new CreateActivationCommand({ IamRole: "x" })), "ValidationException", message);
    const at = (days: number) => new Date(clock.now().getTime() + days * 24 * 60 * 60 * 1000);
    const refused: readonly (readonly [object, RegExp])[] = [
      [{ ExpirationDate: at(31) }, /within 30 days/],
      [{ ExpirationDate: at(-1) }, /in the future/],
      [{ RegistrationLimit: 1001 }, /less than or equal to 1000/],
      [{ DefaultInstanceName: "a;b" }, /'defaultInstanceName'/],
      [{ Tags: [{ Key: "aws:x", Value: "" }] }, /aws: prefixed tag key/],
      [{ RegistrationMetadata: [{ Key: "k", Value: "v" }] }, /reserved for internal use/],
    ];
    for (const [input, words] of refused) {
      await assertRefused(
        client.send(new CreateActivationCommand({ IamRole, ...input })),
        "ValidationException",
        words,
      );
    }
    assert.deepEqual((await client.send(new DescribeActivationsCommand({}))).ActivationList, []);
  },
);
