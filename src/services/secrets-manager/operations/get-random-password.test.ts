import assert from "node:assert/strict";
import { GetRandomPasswordCommand } from "@aws-sdk/client-secrets-manager";
import { assertRefused, testSecrets } from "../secrets-manager.fixture.ts";

type Input = GetRandomPasswordCommand["input"];

const everything = /^[!-~]{32}$/;

const passwords: [Input, matches: RegExp[]][] = [
  [{}, [everything, /[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]],
  [{ PasswordLength: 4 }, [/^.{4}$/, /[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]],
  [{ PasswordLength: 4096 }, [/^.{4096}$/]],
  [{ ExcludePunctuation: true }, [/^[a-zA-Z0-9]{32}$/]],
  [{ ExcludePunctuation: true, ExcludeUppercase: true, ExcludeLowercase: true }, [/^[0-9]{32}$/]],
  [{ ExcludeNumbers: true, ExcludePunctuation: true, ExcludeCharacters: "abc" }, [/^[d-zA-Z]{32}$/]],
  [{ PasswordLength: 1, RequireEachIncludedType: false }, [/^[!-~]$/]],
  [{ PasswordLength: 4096, IncludeSpace: true }, [/^[ -~]{4096}$/, / /]],
];

for (const [input, matches] of passwords) {
  testSecrets(`GetRandomPassword ${JSON.stringify(input)} keeps to the rules`, async ({ client }) => {
    const made = new Set<string | undefined>();
    for (let count = 0; count < 5; count++) {
      const { RandomPassword } = await client.send(new GetRandomPasswordCommand(input));
      for (const pattern of matches) assert.match(RandomPassword ?? "", pattern);
      made.add(RandomPassword);
    }
    assert.ok(made.size > 1);
  });
}

const none = { ExcludeNumbers: true, ExcludePunctuation: true, ExcludeUppercase: true, ExcludeLowercase: true };

const refused: [Input, string][] = [
  [{ PasswordLength: 3 }, "Password length is too short based on the required types."],
  [none, "All characters have been excluded from selection."],
  [{ ExcludeCharacters: "0123456789" }, "All characters of the desired type have been excluded."],
];

for (const [input, message] of refused) {
  testSecrets(`GetRandomPassword refuses ${JSON.stringify(input)}`, ({ client }) =>
    assertRefused(client.send(new GetRandomPasswordCommand(input)), "InvalidParameterException", message),
  );
}
