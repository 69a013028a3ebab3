import assert from "node:assert/strict";
import { test } from "node:test";
import { MalformedPolicy, type PolicyKind } from "./malformed-policy.ts";
import { parsePolicy } from "./parse-policy.ts";

const allow = { Effect: "Allow", Action: "ssm:GetParameter", Resource: "*" };
const trust = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
const resource = { ...allow, Principal: { AWS: "111122223333" } };

function without(statement: object, ...elements: readonly string[]): object {
  return Object.fromEntries(Object.entries(statement).filter(([element]) => !elements.includes(element)));
}

function document(...statements: readonly unknown[]): object {
  return { Version: "2012-10-17", Statement: statements };
}

test("parsePolicy reads every element", () => {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Id: "id",
    Statement: {
      Sid: "One",
      Effect: "Deny",
      Principal: {
        AWS: ["111122223333", "arn:aws:iam::111122223333:role/path/name"],
        Service: "ecs.amazonaws.com",
        Federated: "accounts.google.com",
        CanonicalUser: "79a5",
      },
      NotAction: ["kms:Decrypt"],
      NotResource: "arn:aws:kms:*:*:key/*",
      Condition: {
        Bool: { "aws:SecureTransport": false },
        "ForAnyValue:NumericLessThanIfExists": { "s3:max-keys": [10, "20"] },
      },
    },
  });
  assert.deepEqual(parsePolicy(text, "resource"), {
    version: "2012-10-17",
    id: "id",
    statements: [
      {
        sid: "One",
        effect: "Deny",
        principal: {
          everyone: false,
          aws: ["111122223333", "arn:aws:iam::111122223333:role/path/name"],
          service: ["ecs.amazonaws.com"],
          federated: ["accounts.google.com"],
          canonicalUser: ["79a5"],
        },
        notAction: ["kms:Decrypt"],
        notResource: ["arn:aws:kms:*:*:key/*"],
        conditions: [
          { operator: "Bool", ifExists: false, key: "aws:SecureTransport", values: ["false"] },
          {
            operator: "NumericLessThan",
            qualifier: "ForAnyValue",
            ifExists: true,
            key: "s3:max-keys",
            values: ["10", "20"],
          },
        ],
      },
    ],
  });
});

const accepted: readonly (readonly [name: string, kind: PolicyKind, document: unknown])[] = [
  ["an identity policy", "identity", document(allow)],
  ["two statements", "identity", document({ ...allow, Sid: "A" }, { ...allow, Sid: "B" })],
  ["an empty Sid twice", "identity", document({ ...allow, Sid: "" }, { ...allow, Sid: "" })],
  ["any action", "identity", document({ ...allow, Action: "*" })],
  ["wildcards in the partition", "identity", document({ ...allow, Resource: "arn:*:ssm:*:*:parameter/*" })],
  ["a short ARN", "identity", document({ ...allow, Resource: "arn:aws:logs:*" })],
  ["a trust policy", "trust", document(trust)],
  ["a trust policy in the old version", "trust", { Version: "2008-10-17", Statement: [trust] }],
  ["a trust policy without version", "trust", { Statement: trust }],
  ["anybody of AWS in a trust policy", "trust", document({ ...trust, Principal: { AWS: "*" } })],
  ["a resource policy", "resource", document(resource)],
  ["everyone", "resource", document({ ...resource, Principal: "*" })],
  ["spaces in a resource policy's Sid", "resource", document({ ...resource, Sid: "Enable IAM policies" })],
  [
    "NotPrincipal with Deny",
    "resource",
    document({ ...without(allow), Effect: "Deny", NotPrincipal: { AWS: "111122223333" } }),
  ],
  ["a session policy without version", "session", { Statement: [allow] }],
  [
    "a session as principal",
    "resource",
    document({ ...resource, Principal: { AWS: "arn:aws:sts::111122223333:assumed-role/task/0123abcd" } }),
  ],
];

for (const [name, kind, value] of accepted) {
  test(`parsePolicy accepts ${name}`, () => {
    assert.deepEqual(parsePolicy(JSON.stringify(value), kind), parsePolicy(value, kind));
  });
}

const syntax = "Syntax errors in policy.";

const refused: readonly (readonly [name: string, kind: PolicyKind, document: unknown, message: string])[] = [
  ["text that is not JSON", "identity", "{", syntax],
  ["text that is not JSON", "trust", "{", "This policy contains invalid Json"],
  ["an empty text", "identity", "", syntax],
  ["an array", "identity", "[]", syntax],
  ["null", "session", "null", syntax],
  ["a string", "identity", '"x"', syntax],
  ["undefined", "identity", undefined, syntax],
  ["an unknown element", "identity", { ...document(allow), Extra: 1 }, syntax],
  ["an unknown element", "resource", { ...document(resource), Extra: 1 }, "Unknown field Extra"],
  ["an own __proto__", "resource", '{"__proto__":{},"Statement":[]}', "Unknown field __proto__"],
  ["an unknown version", "identity", { Version: "2020-01-01", Statement: [allow] }, syntax],
  [
    "an unknown version",
    "trust",
    { Version: "2020-01-01", Statement: [trust] },
    "The policy must contain a valid version string",
  ],
  [
    "the old version",
    "identity",
    { Version: "2008-10-17", Statement: [allow] },
    "Policy document must be version 2012-10-17 or greater.",
  ],
  ["no version", "identity", { Statement: [allow] }, "Policy document must be version 2012-10-17 or greater."],
  ["an Id that is not text", "identity", { ...document(allow), Id: 1 }, syntax],
  ["no Statement", "identity", { Version: "2012-10-17" }, syntax],
  ["no Statement", "trust", { Version: "2012-10-17" }, "Missing required field Statement"],
  ["an empty Statement", "identity", document(), syntax],
  ["an empty Statement", "trust", document(), "Could not parse the policy: Statement is empty!"],
  ["a statement that is text", "identity", document("Allow"), syntax],
  ["a statement in two arrays", "identity", document([allow]), syntax],
  ["an unknown element in a statement", "identity", document({ ...allow, action: "x" }), syntax],
  ["an unknown element in a statement", "trust", document({ ...trust, Resources: "*" }), "Unknown field Resources"],
  ["an own constructor in a statement", "trust", document({ ...trust, constructor: 1 }), "Unknown field constructor"],
  ["a Sid that is not text", "identity", document({ ...allow, Sid: 1 }), syntax],
  [
    "a repeated Sid",
    "identity",
    document({ ...allow, Sid: "A" }, { ...allow, Sid: "A" }),
    "Statement IDs (SID) in a single policy must be unique.",
  ],
  [
    "a repeated Sid",
    "resource",
    document({ ...resource, Sid: "A" }, { ...resource, Sid: "A" }),
    "The Statement Ids in the policy are not unique",
  ],
  [
    "a Sid with a space",
    "identity",
    document({ ...allow, Sid: "a b" }),
    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
  ],
  ["no Effect", "identity", document(without(allow, "Effect")), syntax],
  ["no Effect", "trust", document(without(trust, "Effect")), "Missing required field Effect"],
  ["another Effect", "identity", document({ ...allow, Effect: "Permit" }), syntax],
  ["another Effect", "trust", document({ ...trust, Effect: "allow" }), "Invalid effect: allow"],
  ["an Effect in lower case", "identity", document({ ...allow, Effect: "allow" }), "The policy failed legacy parsing"],
  ["an Effect in an array", "identity", document({ ...allow, Effect: ["Allow"] }), syntax],
  ["a Principal", "identity", document(resource), "Policy document should not specify a principal."],
  [
    "a NotPrincipal",
    "session",
    document({ ...allow, NotPrincipal: "*" }),
    "Policy document should not specify a principal.",
  ],
  ["no Principal", "resource", document(allow), "Missing required field Principal"],
  ["no Principal", "trust", document(without(trust, "Principal")), "Missing required field Principal"],
  [
    "an empty Principal",
    "resource",
    document({ ...resource, Principal: {} }),
    "Missing required field Principal cannot be empty!",
  ],
  [
    "an empty list of principals",
    "resource",
    document({ ...resource, Principal: { AWS: [] } }),
    "Missing required field Principal cannot be empty!",
  ],
  ["a Principal that is text", "resource", document({ ...resource, Principal: "111122223333" }), syntax],
  [
    "a bare * as principal",
    "trust",
    document({ ...trust, Principal: "*" }),
    'AssumeRolepolicy contained an invalid principal: "STAR":"*".',
  ],
  [
    "an unknown kind of principal",
    "resource",
    document({ ...resource, Principal: { Human: "me" } }),
    'Invalid principal in policy: "Human":"me"',
  ],
  [
    "a prototype's name as kind of principal",
    "resource",
    document({ ...resource, Principal: { constructor: "me" } }),
    'Invalid principal in policy: "constructor":"me"',
  ],
  [
    "an account that is too short",
    "trust",
    document({ ...trust, Principal: { AWS: "12345" } }),
    'Invalid principal in policy: "AWS":"12345"',
  ],
  [
    "a wildcard in a principal",
    "trust",
    document({ ...trust, Principal: { AWS: "arn:aws:iam::111122223333:role/*" } }),
    'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/*"',
  ],
  [
    "a group as principal",
    "trust",
    document({ ...trust, Principal: { AWS: "arn:aws:iam::111122223333:group/g" } }),
    'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:group/g"',
  ],
  [
    "a service that is none",
    "trust",
    document({ ...trust, Principal: { Service: "ecs-tasks" } }),
    'Invalid principal in policy: "SERVICE":"ecs-tasks"',
  ],
  [
    "a canonical user",
    "trust",
    document({ ...trust, Principal: { CanonicalUser: "79a5" } }),
    'Invalid principal in policy: "CANONICALUSER":"79a5"',
  ],
  ["Principal and NotPrincipal", "resource", document({ ...resource, NotPrincipal: "*" }), syntax],
  [
    "Allow with NotPrincipal",
    "resource",
    document({ ...allow, NotPrincipal: { AWS: "111122223333" } }),
    "Allow with NotPrincipal is not allowed.",
  ],
  [
    "NotPrincipal",
    "trust",
    document({ ...without(trust, "Principal"), Effect: "Deny", NotPrincipal: { AWS: "111122223333" } }),
    "AssumeRole policy must not contain NotPrincipal field.",
  ],
  ["no Action", "identity", document(without(allow, "Action")), "Policy statement must contain actions."],
  ["no Action", "resource", document(without(resource, "Action")), "Missing required field Action"],
  ["an empty Action", "identity", document({ ...allow, Action: [] }), "Policy statement must contain actions."],
  ["an Action that is a number", "identity", document({ ...allow, Action: 1 }), syntax],
  ["an Action with a null", "identity", document({ ...allow, Action: [null] }), syntax],
  ["Action and NotAction", "identity", document({ ...allow, NotAction: "*" }), syntax],
  [
    "an Action without service",
    "identity",
    document({ ...allow, Action: "GetParameter" }),
    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
  ],
  [
    "an Action with two colons",
    "identity",
    document({ ...allow, Action: "ssm:Get:Parameter" }),
    "Actions/Condition can contain only one colon.",
  ],
  [
    "an Action with a wildcard service",
    "identity",
    document({ ...allow, Action: "s*m:Get" }),
    "Vendor s*m is not valid",
  ],
  [
    "another service's action",
    "trust",
    document({ ...trust, Action: "*" }),
    "AssumeRole policy may only specify STS AssumeRole actions.",
  ],
  ["no Resource", "identity", document(without(allow, "Resource")), "Policy statement must contain resources."],
  ["no Resource", "session", document(without(allow, "Resource")), "Policy statement must contain resources."],
  ["no Resource", "resource", document(without(resource, "Resource")), "Missing required field Resource"],
  ["an empty Resource", "identity", document({ ...allow, Resource: [] }), "Policy statement must contain resources."],
  ["Resource and NotResource", "identity", document({ ...allow, NotResource: "*" }), syntax],
  ["a Resource", "trust", document({ ...trust, Resource: "*" }), "Has prohibited field Resource"],
  ["a NotResource", "trust", document({ ...trust, NotResource: "*" }), "AssumeRole policy must not contain resources."],
  [
    "a Resource that is no ARN",
    "identity",
    document({ ...allow, Resource: "prod/db" }),
    'Resource prod/db must be in ARN format or "*".',
  ],
  [
    "a Resource that is no ARN",
    "resource",
    document({ ...resource, Resource: "prod/db" }),
    "Policy has invalid resource",
  ],
  [
    "a Resource of another partition",
    "identity",
    document({ ...allow, Resource: "arn:gcp:ssm" }),
    'Partition "gcp" is not valid for resource "arn:gcp:ssm:*:*:*".',
  ],
  [
    "a Resource of any service",
    "identity",
    document({ ...allow, Resource: "arn:aws:*:*:*:x" }),
    "Resource vendor must be fully qualified and cannot contain regexes.",
  ],
  ["an unknown condition operator", "identity", document({ ...allow, Condition: { Equals: { a: "b" } } }), syntax],
  ["NullIfExists", "identity", document({ ...allow, Condition: { NullIfExists: { a: "b" } } }), syntax],
  ["an unknown set operator", "identity", document({ ...allow, Condition: { "ForSome:Bool": { a: "b" } } }), syntax],
  [
    "a prototype's name as operator",
    "identity",
    document({ ...allow, Condition: { constructor: { a: "b" } } }),
    syntax,
  ],
  ["a Condition that is an array", "identity", document({ ...allow, Condition: [] }), syntax],
  ["a Condition that is null", "identity", document({ ...allow, Condition: null }), syntax],
  ["an operator without keys", "identity", document({ ...allow, Condition: { Bool: "true" } }), syntax],
  ["an object as condition value", "identity", document({ ...allow, Condition: { Bool: { a: {} } } }), syntax],
  ["null as condition value", "identity", document({ ...allow, Condition: { Bool: { a: [null] } } }), syntax],
  [
    "a date that is none",
    "identity",
    document({ ...allow, Condition: { DateLessThan: { "aws:CurrentTime": "soon" } } }),
    "The policy failed legacy parsing",
  ],
];

for (const [name, kind, value, message] of refused) {
  test(`parsePolicy refuses ${name} (${kind})`, () => {
    assert.throws(
      () => parsePolicy(value, kind),
      (error) => error instanceof MalformedPolicy && error.message === message,
    );
  });
}

test("parsePolicy refuses deep nesting without running out of stack", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  for (const text of [
    deep,
    `{"Version":"2012-10-17","Statement":${deep}}`,
    `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":${deep},"Resource":"*"}}`,
    `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":${deep}}}}}`,
  ]) {
    assert.throws(() => parsePolicy(text, "identity"), MalformedPolicy);
  }
});

test("parsePolicy leaves the prototype of objects alone", () => {
  const text = '{"Statement":[{"__proto__":{"polluted":true},"Effect":"Allow","Action":"*","Resource":"*"}]}';
  assert.throws(() => parsePolicy(text, "identity"), MalformedPolicy);
  assert.equal("polluted" in {}, false);
});
