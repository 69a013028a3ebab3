import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { goWithin, type OpenPage, openBrowser, type PageOptions, type TestBrowser } from "./browser.ts";
import { buildConsole } from "./built-console.ts";
import { type Clients, clientsOf } from "./clients.ts";
import { signInByLink } from "./console-sign-in.ts";
import { type Sealift, startSealift, type UpOptions } from "./sealift.ts";

export interface ConsoleOptions extends Pick<UpOptions, "runtime"> {
  /** What `skipUnless` said: nothing is started where the tests are skipped. */
  readonly skip: string | false;
  /** Further messages of the browser's console that the tests may cause. */
  readonly expected?: readonly RegExp[];
  /** Makes what the pages show, before the first is opened. */
  readonly prepare?: (clients: Clients, sealift: Sealift) => Promise<unknown>;
}

interface Opened {
  readonly sealift: Sealift;
  readonly clients: Clients;
  readonly browser: TestBrowser;
  readonly open: OpenPage;
  readonly page: Page;
}

const root = "/console/us-east-1";
const guestPassword = "Correct-horse-1";

/** A network of Docker comes or goes on this machine; the page asks again. */
const networkChanged = /ERR_NETWORK_CHANGED/;

/** A Sealift for the tests of one file, and its console in a browser, signed in as the root user. Call it at the top of the file. */
export function consoleOfTests({ skip, runtime, expected = [], prepare }: ConsoleOptions) {
  const resources = new AsyncDisposableStack();
  let opened: Opened | undefined;

  before(
    async () => {
      if (skip !== false) return;
      buildConsole();
      const sealift = resources.use(await startSealift({ runtime, flags: ["--dev"] }));
      const clients = clientsOf(sealift);
      await prepare?.(clients, sealift);
      const browser = resources.use(await openBrowser());
      const open = resources.use(await browser.open(sealift.endpoint, { expected: [networkChanged, ...expected] }));
      opened = { sealift, clients, browser, open, page: open.page };
      await signInByLink(open, sealift);
    },
    { timeout: 500_000 },
  );
  after(() => resources.disposeAsync());

  function current(): Opened {
    assert.ok(opened, "the console is open");
    return opened;
  }

  function openOther(options: PageOptions = {}): Promise<OpenPage> {
    const { browser, sealift } = current();
    return browser.open(sealift.endpoint, { ...options, expected: [networkChanged, ...(options.expected ?? [])] });
  }

  return {
    get sealift() {
      return current().sealift;
    },
    get clients() {
      return current().clients;
    },
    get page() {
      return current().page;
    },
    go: (path: string, on = current().page) => goWithin(on, `${root}${path}`),
    button: (name: string | RegExp) =>
      current().page.getByRole("button", { name, exact: true }).filter({ visible: true }).first(),
    dialogButton: (name: string) => current().page.getByRole("dialog").getByRole("button", { name, exact: true }),
    tab: (name: string) => current().page.getByRole("tab", { name, exact: true }).click(),
    heading: (name: string | RegExp, on = current().page) =>
      on.getByRole("heading", { name }).filter({ visible: true }).first().waitFor(),
    picture: (name: string) => current().open.picture(name),
    barriers: () => current().open.barriers(),
    /** The page has no barriers that axe finds, and is drawn. */
    async looked(name: string): Promise<void> {
      const { open } = current();
      await open.picture(name);
      assert.deepEqual(await open.barriers(), [], name);
    },
    /** A page of somebody who has not signed in. */
    openOther,
    /** The same in Chinese and in the dark. */
    openInChinese: () => openOther({ locale: "zh-CN", colorScheme: "dark" }),
    /** The IAM user `guest`, who has to be there, signs in on a page in Chinese, is denied, and tries again with all permissions. */
    async signInAsGuest({ page, ...theirs }: OpenPage, path: string, deniedPicture: string): Promise<void> {
      const { iam } = current().clients;
      await iam.createLoginProfile({ UserName: "guest", Password: guestPassword });
      await theirs.go(`${root}${path}`);
      await page.getByLabel("账户 ID").first().fill("000000000000");
      await page.getByLabel("IAM 用户名").fill("guest");
      await page.getByLabel("密码", { exact: true }).fill(guestPassword);
      await page.getByRole("button", { name: "登录", exact: true }).click();
      await page.getByText("您没有执行此操作的权限").first().waitFor();
      await theirs.picture(deniedPicture);
      await iam.attachUserPolicy({ UserName: "guest", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
      await page.getByRole("button", { name: "重试" }).first().click();
    },
  };
}
