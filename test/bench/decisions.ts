import { evaluate, type NamedPolicy, type PolicyRequest, type PolicySet, parsePolicy } from "../../src/policy/index.ts";

/** Microseconds that a decision may take. */
const budget = 15;
const milliseconds = 1_000;
const policies = 10;
const statements = 10;

/** Times a decision against 10 policies of 10 statements, of which each worst case reads all. */
export async function decisions(): Promise<void> {
  const floor = perCall(lookThrough(texts()));
  console.log(`a text compared with each of ${policies * statements} names and ARNs: ${shown(floor)}`);
  for (const [name, set, request] of cases()) {
    const { effect } = evaluate(request, set);
    const took = perCall(() => evaluate(request, set).effect);
    const limit = set.boundary ? "" : `, budget ${budget} µs${took > budget ? ", EXCEEDED" : ""}`;
    console.log(`${name}: ${effect} in ${shown(took)}${limit}`);
  }
}

function cases(): readonly (readonly [string, PolicySet, PolicyRequest])[] {
  const identity = Array.from({ length: policies }, (_, index) => policy(index, "identity"));
  const last: PolicySet = { identity: [...identity.slice(1), granting()] };
  const values: Readonly<Record<string, string>> = {
    "aws:sourceip": "10.1.2.3",
    "aws:resourcetag/team": "team-9-9",
    "aws:principaltag/team": "team",
  };
  const request: PolicyRequest = {
    principal: {
      kind: "assumed-role",
      arn: "arn:aws:sts::111122223333:assumed-role/task/0123abcd",
      account: "111122223333",
      roleArn: "arn:aws:iam::111122223333:role/task",
    },
    action: "secretsmanager:GetSecretValue",
    resource: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf",
    resourceAccount: "111122223333",
    context: (key) => values[key],
  };
  return [
    ["nothing allows", { identity }, request],
    ["the last statement allows", last, request],
    [
      "a session policy of as many and a boundary, too",
      { ...last, boundary: granting(), session: [...identity.slice(1), granting()] },
      request,
    ],
  ];
}

/** Statements for other services, other resources and other conditions, as roles have them. */
function policy(number: number, kind: "identity"): NamedPolicy {
  const Statement = Array.from({ length: statements }, (_, index) => {
    const Sid = `S${index}`;
    if (index % 5 === 4) return { Sid, Effect: "Deny", Action: "*", Resource: "*", Condition: elsewhere };
    const Action = index % 2 === 0 ? ["ssm:Get*", `kms:Action${number}`, "s3:*"] : "secretsmanager:Get*";
    const Resource = [
      `arn:aws:secretsmanager:*:*:secret:team-${number}/${index}/*`,
      `arn:aws:ssm:*:*:parameter/${number}/*`,
    ];
    return {
      Sid,
      Effect: "Allow",
      Action,
      Resource,
      Condition: { StringEquals: { "aws:ResourceTag/team": `team-${number}` } },
    };
  });
  return { name: `policy-${number}`, policy: parsePolicy({ Version: "2012-10-17", Statement }, kind) };
}

const elsewhere = { NotIpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"] } };

function granting(): NamedPolicy {
  const allow = {
    Effect: "Allow",
    Action: "secretsmanager:GetSecretValue",
    Resource: "arn:aws:secretsmanager:*:*:secret:prod/*",
    Condition: { StringLike: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}-*" } },
  };
  const others = policy(99, "identity").policy.statements.length;
  const more = Array.from({ length: others - 1 }, (_, index) => ({
    Effect: "Allow",
    Action: `ssm:Action${index}`,
    Resource: "*",
  }));
  return { name: "granting", policy: parsePolicy({ Version: "2012-10-17", Statement: [...more, allow] }, "identity") };
}

/** The floor: as many comparisons as there are statements, for the action and the resource. */
function lookThrough(names: readonly string[]): () => boolean {
  const [action, resource] = [
    "secretsmanager:getsecretvalue",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db",
  ];
  return () => {
    let found = false;
    for (const name of names) if (action.startsWith(name) || resource.startsWith(name)) found = true;
    return found;
  };
}

function texts(): readonly string[] {
  return Array.from({ length: policies * statements }, (_, index) => `secretsmanager:get-${index}`);
}

/** Microseconds, once the compiler has seen enough. */
function perCall(run: () => unknown): number {
  let count = 0;
  let kept: unknown;
  const until = (end: number) => {
    while (performance.now() < end) {
      for (let turn = 0; turn < 100; turn++) kept = run();
      count += 100;
    }
  };
  until(performance.now() + milliseconds);
  count = 0;
  const started = performance.now();
  until(started + milliseconds);
  if (kept === undefined) throw new Error("Nothing was run");
  return ((performance.now() - started) * 1_000) / count;
}

function shown(microseconds: number): string {
  return `${microseconds.toFixed(2)} µs`;
}
