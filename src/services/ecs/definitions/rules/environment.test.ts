import { container, role, testRules } from "./rules.fixture.ts";

const executionRoleArn = role;
const secret = { name: "TOKEN", valueFrom: "/token" };
const file = { type: "s3" as const, value: "arn:aws:s3:::bucket/app.env" };
const withRole = (members: object) => ({ executionRoleArn, ...container(members) });
const invalidName =
  "The Systems Manager parameter name specified for secret TOKEN is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-/";
const needed = "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.";

testRules(
  "environment",
  [
    [container({ environment: [{ value: "x" }] }), "Environment variable name cannot be null or blank."],
    [container({ environment: [{ name: "", value: "x" }] }), "Environment variable name cannot be null or blank."],
    [container({ environment: [{ name: " ", value: "x" }] }), "Environment variable name cannot be null or blank."],
    [container({ secrets: [secret] }), needed],
    [
      container({ logConfiguration: { logDriver: "json-file", secretOptions: [{ name: "tag", valueFrom: "/tag" }] } }),
      needed,
    ],
    [withRole({ secrets: [secret, secret] }), "Duplicate secret names found: TOKEN. Each secret name must be unique."],
    [
      withRole({ secrets: [secret], environment: [{ name: "TOKEN", value: "x" }] }),
      "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'TOKEN'.",
    ],
    [withRole({ secrets: [{ ...secret, valueFrom: "a b" }] }), invalidName],
    [withRole({ secrets: [{ ...secret, valueFrom: "" }] }), invalidName],
    [withRole({ secrets: [{ ...secret, valueFrom: "arn:aws:s3:::bucket/token" }] }), "Invalid arn syntax."],
    [withRole({ secrets: [{ name: "", valueFrom: "/token" }] }), "Secret name cannot be null or blank."],
    [withRole({ secrets: [{ name: " ", valueFrom: "/token" }] }), "Secret name cannot be null or blank."],
    [
      withRole({ environmentFiles: Array.from({ length: 11 }, () => file) }),
      "The maximum number of environment files was exceeded. Specify ten or less and try again.",
    ],
    [withRole({ environmentFiles: [{ ...file, value: "s3://bucket/app.env" }] }), "Invalid arn syntax."],
    [withRole({ environmentFiles: [{ ...file, value: "arn:aws:s3:::bucket" }] }), "Invalid arn syntax."],
    [
      withRole({ environmentFiles: [{ ...file, value: "arn:aws:s3:::bucket/app.txt" }] }),
      "The environment file 'arn:aws:s3:::bucket/app.txt' must have a .env file extension.",
    ],
    [
      container({ environmentFiles: [file] }),
      "When you are specifying environment files, you must also specify a value for 'executionRoleArn'.",
    ],
    [
      container({ repositoryCredentials: { credentialsParameter: "registry" } }),
      "Private repository authentication requires that the task definition specify a value for executionRoleArn.",
    ],
    [withRole({ repositoryCredentials: { credentialsParameter: "arn:aws:s3:::x" } }), "Invalid arn syntax."],
  ],
  [
    container({ secrets: [], environmentFiles: [], environment: [{ name: "NOVALUE" }] }),
    withRole({
      secrets: [{ ...secret, valueFrom: "token:3" }],
      environmentFiles: Array.from({ length: 10 }, () => file),
    }),
    withRole({
      secrets: [
        { name: "A", valueFrom: "arn:aws:ssm:eu-west-1:111122223333:parameter/a/b" },
        { name: "B", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:key::" },
      ],
    }),
    withRole({ repositoryCredentials: { credentialsParameter: "registry" } }),
  ],
);
