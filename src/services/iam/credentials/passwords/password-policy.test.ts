import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../../test/support/in-process.ts";
import { type PasswordPolicy, passwordFault } from "./password-policy.ts";

const strict: PasswordPolicy = {
  minimumLength: 12,
  requireSymbols: true,
  requireNumbers: true,
  requireUppercase: true,
  requireLowercase: true,
  allowChange: true,
  maxAge: 90,
  reusePrevention: 2,
  hardExpiry: undefined,
};

test("a password must be as the account's policy says, or as AWS's where there is none", () => {
  const cases: [string, PasswordPolicy | undefined, RegExp | undefined][] = [
    ["Abc1!efg", undefined, undefined],
    ["abc1!efg", undefined, undefined],
    ["Abc1!ef", undefined, /minimum length of 8/],
    [
      "abcdefg1",
      undefined,
      /^Password should meet 1 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one symbol$/,
    ],
    ["111122223333", undefined, /^Password should meet 2 more /],
    ["My-alias-1", undefined, /name of the account/],
    ["Abc1!efg", strict, /minimum length of 12/],
    ["abc1!efghijk", strict, /one uppercase letter/],
    ["ABC1!EFGHIJK", strict, /one lowercase letter/],
    ["Abcd!efghijk", strict, /one number/],
    ["abcdefghijkl", strict, /one uppercase letter, .* one number, .* one symbol$/],
    ["Abc1 efghijk", strict, /at least one symbol$/],
    ["Abc1!efghijk", strict, undefined],
    [
      "abcdef",
      { ...strict, minimumLength: 6, requireSymbols: false, requireNumbers: false, requireUppercase: false },
      undefined,
    ],
  ];
  for (const [password, policy, fault] of cases) {
    const found = passwordFault(password, policy, [testAccount, "My-alias-1"]);
    if (fault) assert.match(found ?? "", fault, password);
    else assert.equal(found, undefined, password);
  }
});
