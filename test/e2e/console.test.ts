import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { type OpenPage, openBrowser, type TestBrowser } from "../support/browser.ts";
import { buildConsole } from "../support/built-console.ts";
import { clientsOf } from "../support/clients.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift, type Sealift, startSealift } from "../support/sealift.ts";
import { newWish, programKey, takeToken } from "../support/sign-in.ts";

const skip = await skipUnless("chromium");
const account = "000000000000";
const password = "Correct-horse-1";

let browser: TestBrowser;
let sealift: Sealift;

before(
  async () => {
    if (skip !== false) return;
    buildConsole();
    sealift = await startSealift({ runtime: "process", flags: ["--dev"] });
    browser = await openBrowser();
  },
  { timeout: 500_000 },
);
after(async () => {
  await browser?.[Symbol.asyncDispose]();
  await sealift?.[Symbol.asyncDispose]();
});

const printed = () => /^Console, .*: (http\S+)$/m.exec(sealift.stdout())?.[1] ?? "";

async function freshLink(): Promise<string> {
  const { code, stdout, stderr } = await runSealift("console", "--data", sealift.data);
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

/** Opens a link, as somebody who pastes it does. */
function opened(own: OpenPage, link: string): Promise<void> {
  const { pathname, hash } = new URL(link);
  return own.go(`${pathname}${hash}`);
}

const shown = (page: Page, identity: string) =>
  page.getByRole("button", { name: new RegExp(identity) }).waitFor({ state: "visible" });

async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
}

test("the link that sealift up prints signs in once; signing out forgets everything", {
  skip,
  timeout: 480_000,
}, async () => {
  await using mine = await browser.open(sealift.endpoint);
  const { page } = mine;
  await opened(mine, printed());
  await shown(page, `root.*${account}`);
  assert.equal(new URL(page.url()).hash, "", "the code left the address at once");
  assert.deepEqual(
    await page.evaluate(() =>
      Object.keys({ ...localStorage, ...sessionStorage }).filter((key) => /key|token|session/i.test(key)),
    ),
    [],
  );
  assert.deepEqual(await page.context().cookies(), []);
  assert.deepEqual(await mine.barriers(), []);
  await mine.picture("home");
  await page.getByRole("button", { name: new RegExp(`root.*${account}`) }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in to Sealift" }).waitFor();
  assert.equal(await page.getByText(/not valid/).count(), 0, "its code is not sent again");
  assert.deepEqual(await mine.barriers(), []);
  await mine.picture("sign-in");

  await using thief = await browser.open(sealift.endpoint);
  await opened(thief, printed());
  await thief.page.getByText(/not valid, has expired, or was used/).waitFor();
});

test("sealift console prints a fresh link for whoever calls", { skip, timeout: 480_000 }, async () => {
  await using mine = await browser.open(sealift.endpoint);
  await opened(mine, await freshLink());
  await shown(mine.page, `root.*${account}`);
});

test("an IAM user signs in with the password, and a wrong one signs nobody in", {
  skip,
  timeout: 480_000,
}, async () => {
  const { iam } = clientsOf(sealift);
  await iam.createUser({ UserName: "ann" });
  await iam.createLoginProfile({ UserName: "ann", Password: password });
  await using mine = await browser.open(sealift.endpoint);
  const { page } = mine;
  await mine.go("/console/");
  await fill(page, { "Account ID or alias": account, "IAM user name": "ann", Password: "wrong" });
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("Your authentication information is incorrect. Please try again.").waitFor();
  await fill(page, { Password: password });
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await shown(page, `ann.*${account}`);
});

test("the well-known key of --dev signs in from the console's own page", { skip, timeout: 480_000 }, async () => {
  await using mine = await browser.open(sealift.endpoint);
  const { page } = mine;
  await mine.go("/console/");
  await page.getByRole("button", { name: "Access key" }).click();
  await fill(page, { "Access key ID": "test", "Secret access key": "test" });
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await shown(page, `root.*${account}`);
});

test("a program that opens the browser gets a session of who is signed in, once that person allows it", {
  skip,
  timeout: 480_000,
}, async () => {
  const got = Promise.withResolvers<URLSearchParams>();
  const program = createServer((request, response) => {
    response.end("Go back to the program");
    if (request.url?.startsWith("/oauth/callback")) got.resolve(new URL(request.url, "http://a").searchParams);
  });
  await new Promise<void>((resolve) => program.listen(0, "127.0.0.1", resolve));
  const redirectUri = `http://127.0.0.1:${(program.address() as AddressInfo).port}/oauth/callback`;
  const { wish, verifier } = newWish(redirectUri);
  const query = new URLSearchParams({
    ...{ response_type: "code", client_id: wish.clientId, state: "of the program", scope: "openid" },
    ...{ redirect_uri: redirectUri, code_challenge: wish.codeChallenge, code_challenge_method: "SHA-256" },
  });
  try {
    await using mine = await browser.open(sealift.endpoint, { expected: [/^asked another origin: http:..127/] });
    const { page } = mine;
    await mine.go(`/v1/authorize?${query}`);
    await page.getByRole("button", { name: "Access key" }).click();
    await fill(page, { "Access key ID": "test", "Secret access key": "test" });
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { name: "A program asks to sign in" }).waitFor();
    await page.getByRole("button", { name: "Allow", exact: true }).waitFor();
    assert.deepEqual(await mine.barriers(), []);
    await mine.picture("program");
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    const answer = await got.promise;
    assert.equal(answer.get("state"), "of the program");
    const key = programKey();
    const input = {
      grantType: "authorization_code",
      code: answer.get("code") ?? "",
      codeVerifier: verifier,
      redirectUri,
    };
    const token = await takeToken(sealift, input, key.proof(sealift));
    const { sts } = clientsOf({ ...sealift, credentials: token.accessToken });
    assert.equal((await sts.getCallerIdentity({})).Arn, `arn:aws:iam::${account}:root`);
  } finally {
    program.close();
    program.closeAllConnections();
  }
});

test("a page of another origin can do nothing, though somebody is signed in", { skip, timeout: 480_000 }, async () => {
  // The page of the other origin does ask, which is what this test is about.
  await using mine = await browser.open(sealift.endpoint, {
    expected: [/^asked another origin/, /^logged/, /^policy/],
  });
  await opened(mine, await freshLink());
  await shown(mine.page, `root.*${account}`);
  const evil = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<!doctype html><title>evil</title>");
  });
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = evil.address() as AddressInfo;
    const theirs = await mine.page.context().newPage();
    await theirs.goto(`http://localhost:${port}/`);
    const outcomes = await theirs.evaluate(attack, sealift.endpoint);
    assert.deepEqual(outcomes, {
      call: "not read",
      signIn: "not read",
      page: "not read",
      framed: "empty",
      opened: "cut off",
    });
    const { Events = [] } = await clientsOf(sealift).cloudTrail.lookupEvents({
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "ConsoleLogin" }],
    });
    assert.ok(!Events.some(({ CloudTrailEvent }) => CloudTrailEvent?.includes("attacked")));
  } finally {
    evil.close();
  }
});

/** What a page of another origin may try in the browser of somebody who is signed in. It runs there. */
async function attack(endpoint: string) {
  const read = (answer: Promise<Response>) =>
    answer.then(
      async (response) => (response.type === "opaque" ? "not read" : `read: ${await response.text()}`),
      () => "not read",
    );
  const json = { "content-type": "application/json" };
  const target = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.DescribeParameters" };
  const form = JSON.stringify({ accountId: "000000000000", userName: "attacked", password: "x" });
  const document = (globalThis as unknown as { document: BrowserDocument }).document;
  const frame = document.createElement("iframe");
  frame.src = `${endpoint}/console/`;
  document.body.append(frame);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  let framed = "empty";
  try {
    if (frame.contentWindow?.length === undefined) framed = "gone";
    if (frame.contentDocument?.querySelector("#root")) framed = "shown";
  } catch {
    framed = "empty";
  }
  const other = (globalThis as unknown as { open(url: string): { closed: boolean } | null }).open(
    `${endpoint}/console/`,
  );
  // Once the window has loaded the page; a busy machine needs a while.
  for (let looks = 0; other && !other.closed && looks < 200; looks++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    call: await read(fetch(endpoint, { method: "POST", headers: target, body: "{}", credentials: "include" })),
    signIn: await read(fetch(`${endpoint}/v1/authorize`, { method: "POST", headers: json, body: form })).then(
      async (outcome) => {
        await fetch(`${endpoint}/v1/authorize`, { method: "POST", mode: "no-cors", body: form });
        return outcome;
      },
    ),
    page: await read(fetch(`${endpoint}/console/`, { credentials: "include" })),
    framed,
    // Cross-Origin-Opener-Policy: the window looks closed to who opened it.
    opened: other === null || other.closed ? "cut off" : "held",
  };
}

interface BrowserDocument {
  createElement(name: string): {
    src: string;
    contentWindow: { length: number } | null;
    contentDocument: { querySelector(selector: string): unknown } | null;
  };
  readonly body: { append(element: object): void };
}
