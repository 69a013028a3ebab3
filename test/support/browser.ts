import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findChromium } from "./chromium.ts";
import { until } from "./until.ts";

/** A browser in which several people can look at pages: none knows anything of another. */
export interface TestBrowser extends AsyncDisposable {
  open(origin: string, options?: PageOptions): Promise<OpenPage>;
}

export interface PageOptions
  extends Pick<
    BrowserContextOptions,
    "locale" | "colorScheme" | "viewport" | "reducedMotion" | "deviceScaleFactor" | "hasTouch"
  > {
  /** Messages of the browser's console that the test means to cause. */
  readonly expected?: readonly RegExp[];
}

/**
 * Somebody's page. Disposing of it fails if the page logged an error, broke its content security policy, or asked another origin
 * for anything.
 */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Goes to a path of the server. */
  go(path: string): Promise<void>;
  /** What went wrong so far. */
  problems(): readonly string[];
  /** What axe finds that is serious or critical. */
  barriers(): Promise<readonly string[]>;
  /** Writes a picture, where SEALIFT_SCREENSHOTS names a folder. */
  picture(name: string): Promise<void>;
}

const screen = { width: 1280, height: 720 };
/** An answer that refuses is no fault of the page: the API refuses what the person may not do. */
const refusal = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** A container that another test starts changes the machine's networks: Chromium then gives up what it was loading. */
const networkChanged = "net::ERR_NETWORK_CHANGED";
/** The page about that may come after the next load has begun. */
const errorPage = 'interrupted by another navigation to "chrome-error://';

export async function openBrowser(): Promise<TestBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("There is no Chromium");
  // The sandbox cannot be had as root, nor in most containers.
  const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
  return {
    open: (origin, options = {}) => openPage(browser, origin, options),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** Loads the address, again where Chromium gave that up as the machine's networks changed. */
export async function goTo(page: Page, address: string): Promise<void> {
  await until(`${address} is loaded`, () =>
    page.goto(address).catch((error: Error) => {
      if ([networkChanged, errorPage].some((text) => error.message.includes(text))) return undefined;
      throw error;
    }),
  );
}

/** Goes to a path of the console within the page: a new load would sign out. */
export async function goWithin(page: Page, path: string): Promise<void> {
  const to = JSON.stringify(path);
  await page.evaluate(`history.pushState(null, "", ${to}); dispatchEvent(new PopStateEvent("popstate"));`);
}

/** Minified, as a page reads it in half the time. */
const axeSource = () => readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Runs in every page before its own scripts. */
const tellViolations = `document.addEventListener("securitypolicyviolation", (event) =>
  sealiftViolation(event.violatedDirective + " by " + event.blockedURI + " at " + event.sourceFile + ":" + event.lineNumber));`;

async function openPage(
  browser: Browser,
  origin: string,
  { expected = [], locale = "en-US", viewport = screen, ...options }: PageOptions,
): Promise<OpenPage> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale, viewport, ...options });
  const page = await context.newPage();
  // More than a page takes on a machine that does much else.
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  const note = (problem: string) => {
    if (!expected.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  await context.exposeFunction("sealiftViolation", (violation: string) => note(`policy violated: ${violation}`));
  await context.addInitScript({ content: tellViolations });
  context.on("weberror", (error) => note(`uncaught: ${error.error().message}`));
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    if (message.text().includes(networkChanged)) return;
    const { url } = message.location();
    if (refusal.test(message.text()) && !new URL(url, origin).pathname.startsWith("/console/")) return;
    note(`logged: ${message.text()} (${url})`);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^(data|blob):$/.test(url.protocol) || url.origin === new URL(origin).origin) return;
    note(`asked another origin: ${request.url()}`);
  });
  return {
    page,
    go: (path) => goTo(page, new URL(path, origin).href),
    problems: () => problems,
    async barriers() {
      // The devtools protocol runs it: the page's policy forbids scripts of others.
      if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource());
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ["violations"] }),
      );
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join("; ")})`);
    },
    async picture(name) {
      const folder = process.env.SEALIFT_SCREENSHOTS;
      if (folder === undefined) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      assert.deepEqual(problems, [], "the browser complained");
    },
  };
}
