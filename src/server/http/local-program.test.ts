import assert from "node:assert/strict";
import { test } from "node:test";
import { isLocalCaller, isLocalProgram } from "./local-program.ts";

const cases: readonly (readonly [Readonly<Record<string, string>>, boolean])[] = [
  [{ host: "127.0.0.1:4566" }, true],
  [{ host: "[::1]:4566" }, true],
  [{ host: "172.17.0.1:4566" }, true],
  [{ host: "localhost" }, true],
  [{ host: "LOCALHOST:4566" }, true],
  [{ host: "ssm.us-east-1.localhost:4566" }, true],
  [{ host: "host.docker.internal:4566" }, true],
  [{}, false],
  [{ host: "evil.example:4566" }, false],
  [{ host: "127.0.0.1.evil.example:4566" }, false],
  [{ host: "localhost.evil.example" }, false],
  [{ host: "evil.example/localhost" }, false],
  [{ host: "notlocalhost" }, false],
  [{ host: "127.0.0.1:4566", origin: "http://evil.example" }, false],
  [{ host: "127.0.0.1:4566", origin: "null" }, false],
  [{ host: "127.0.0.1:4566", referer: "http://evil.example/" }, false],
  [{ host: "127.0.0.1:4566", "sec-fetch-site": "cross-site" }, false],
];

for (const [headers, expected] of cases) {
  test(`isLocalProgram says ${expected} of ${JSON.stringify(headers)}`, () =>
    assert.equal(isLocalProgram({ headers }), expected));
}

const own = { host: "127.0.0.1:4566", "sec-fetch-site": "same-origin" };
const callers: readonly (readonly [Readonly<Record<string, string>>, boolean])[] = [
  [{ host: "127.0.0.1:4566" }, true],
  [own, true],
  [{ ...own, origin: "http://127.0.0.1:4566" }, true],
  [{ ...own, host: "localhost:4566", origin: "http://localhost:4566" }, true],
  [{ ...own, origin: "http://127.0.0.1:8080" }, false],
  [{ ...own, origin: "null" }, false],
  [{ ...own, host: "evil.example:4566", origin: "http://evil.example:4566" }, false],
  [{ ...own, "sec-fetch-site": "same-site" }, false],
  [{ ...own, "sec-fetch-site": "cross-site" }, false],
  [{ ...own, "sec-fetch-site": "none" }, false],
  [{ host: "127.0.0.1:4566", origin: "http://127.0.0.1:4566" }, false],
];

for (const [headers, expected] of callers) {
  test(`isLocalCaller says ${expected} of ${JSON.stringify(headers)}`, () =>
    assert.equal(isLocalCaller({ headers }), expected));
}
