import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { ECS } from "@aws-sdk/client-ecs";
import { SSM } from "@aws-sdk/client-ssm";
import type { Page } from "playwright-core";
import { goWithin, type OpenPage, openBrowser, type TestBrowser } from "../support/browser.ts";
import { buildConsole } from "../support/built-console.ts";
import { sourceProgram } from "../support/program.ts";
import { median } from "./child.ts";
import { type Installation, install } from "./installation.ts";
import { sheetOn } from "./sheet.ts";

/** What the console may take: bytes over the wire, milliseconds, and parts of the heap. */
const budget = { firstLoad: 500_000, usable: 1_500, response: 200, growth: 0.1 };
const loads = 5;
const parameters = 10_000;
const root = "/console/us-east-1";
/** Minutes on the page of a service that runs: `--minutes=30`. */
const minutes = Number(process.argv.find((word) => word.startsWith("--minutes="))?.slice("--minutes=".length) ?? 3);

const sheet = sheetOn((text) => process.stdout.write(text));

/** Measures what the console is in a browser, beside its budgets. */
export async function consoleInBrowser(): Promise<void> {
  buildConsole();
  await using sealift = await install(["--dev", "--runtime", "process"]);
  await using browser = await openBrowser();
  const rows = [...(await firstLoads(browser, sealift)), ...(await longTable(browser, sealift))];
  rows.push(await livePage(browser, sealift));
  sheet.table(
    ["what", "figure", "budget"],
    rows.map(({ what, figure, unit, most }) => [what, `${round(figure)} ${unit}`, `${round(most)} ${unit}`]),
  );
  for (const { what, figure, most } of rows) {
    if (figure <= most) continue;
    console.error(`${what} is over its budget`);
    process.exitCode = 1;
  }
}

interface Row {
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
  readonly most: number;
}

const round = (figure: number) => (figure < 10 ? figure.toFixed(1) : Math.round(figure).toLocaleString("en"));

/** A browser that has nothing of the console yet: from the address to the form to sign in, and on to the first page. */
async function firstLoads(browser: TestBrowser, sealift: Installation): Promise<Row[]> {
  const bytes: number[] = [];
  const form: number[] = [];
  const home: number[] = [];
  for (let load = 0; load < loads; load++) {
    await using mine = await browser.open(sealift.client.endpoint);
    const sent = countBytes(mine.page);
    form.push(await loaded(mine, "/console/", '/Sign in to Sealift/.test(document.querySelector("h1")?.textContent)'));
    bytes.push(await sent());
    const { pathname, hash } = new URL(await freshLink(sealift));
    await using other = await browser.open(sealift.client.endpoint);
    const isThere = 'document.querySelector("h1") && /root @/.test(document.body.textContent)';
    home.push(await loaded(other, `${pathname}${hash}`, isThere));
  }
  return [
    { what: "first load", figure: median(bytes), unit: "bytes", most: budget.firstLoad },
    { what: "address to form", figure: median(form), unit: "ms", most: budget.usable },
    { what: "link to first page", figure: median(home), unit: "ms", most: budget.usable },
  ];
}

/** Bytes of all answers so far, as they came over the wire. */
function countBytes(page: Page): () => Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    sizes.push(
      request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
    );
  });
  return async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** How long a person waits for a page of a long table to turn, and for a filter to show what it found. */
async function longTable(browser: TestBrowser, sealift: Installation): Promise<Row[]> {
  const ssm = new SSM(sealift.client);
  const names = Array.from({ length: parameters }, (_, index) => `/bench/${String(index).padStart(5, "0")}`);
  for (let index = 0; index < names.length; index += 50) {
    const some = names.slice(index, index + 50);
    await Promise.all(some.map((Name) => ssm.putParameter({ Name, Value: "x", Type: "String" })));
  }
  await using mine = await browser.open(sealift.client.endpoint);
  const { page } = mine;
  await follow(mine, await freshLink(sealift));
  await page.getByRole("button", { name: /root/ }).first().waitFor();
  await goWithin(page, `${root}/systems-manager/parameters`);
  await page
    .getByText(names[0] ?? "")
    .first()
    .waitFor();
  await page.getByText(`(${parameters})`).first().waitFor({ timeout: 120_000 });
  const turns: number[] = [];
  for (const number of ["2", "3", "4"]) {
    const button = page.getByRole("button", { name: new RegExp(`Page ${number}\\b`) }).first();
    const isTurned = `document.querySelector("[aria-current=true]")?.textContent === "${number}"`;
    turns.push(await timed(page, () => button.click(), isTurned));
  }
  const last = names.at(-1) ?? "";
  const filter = page
    .getByRole("searchbox")
    .or(page.getByRole("combobox", { name: /find|filter/i }))
    .first();
  const isFound = `document.querySelector("main tbody tr td a")?.textContent.includes("${last}")`;
  const found = await timed(page, () => filter.fill(last), isFound);
  return [
    { what: `turning a page of ${parameters} parameters`, figure: median(turns), unit: "ms", most: budget.response },
    { what: `finding one of ${parameters} parameters`, figure: found, unit: "ms", most: budget.response },
  ];
}

/** The heap of the page of a service, as it is looked at for some minutes. */
async function livePage(browser: TestBrowser, sealift: Installation): Promise<Row> {
  const ecs = new ECS(sealift.client);
  await ecs.registerTaskDefinition({
    family: "web",
    containerDefinitions: [
      { name: "web", image: "none", memory: 64, dockerLabels: { "sealift.process.command": '["sleep", "100000"]' } },
    ],
  });
  await ecs.createService({ serviceName: "web", taskDefinition: "web", desiredCount: 2 });
  await using mine = await browser.open(sealift.client.endpoint);
  const { page } = mine;
  await follow(mine, await freshLink(sealift));
  await page.getByRole("button", { name: /root/ }).first().waitFor();
  await goWithin(page, `${root}/ecs/clusters/default/services/web`);
  await page.getByRole("heading", { name: "web" }).first().waitFor();
  // Until what is kept once is kept: for a minute V8 compiles what runs again and again.
  await delay(60_000);
  const before = await heap(page);
  await delay(minutes * 60_000);
  const growth = (await heap(page)) / before - 1;
  await ecs.deleteService({ service: "web", force: true });
  return {
    what: `growth of the heap in ${minutes} minutes on a live service`,
    ...{ figure: growth * 100, unit: "%", most: budget.growth * 100 },
  };
}

/** Bytes of the page's heap without garbage. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

/** Resolves to the page's time, in milliseconds, at which a test holds and is drawn. Playwright itself looks every half second. */
const whenSeen = `globalThis.whenSeen = (test) => new Promise((resolve) => {
  function look() {
    if (!test()) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  }
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  look();
});`;

/** Milliseconds from the address until the test, an expression in the page, holds. */
async function loaded({ page, go }: OpenPage, path: string, test: string): Promise<number> {
  await page.addInitScript({ content: `${whenSeen} globalThis.firstSeen = whenSeen(() => ${test});` });
  await go(path);
  return page.evaluate("firstSeen");
}

/** Milliseconds from what a person does, which the page hears of as an event, until the test holds. */
async function timed(page: Page, act: () => Promise<unknown>, test: string): Promise<number> {
  await page.evaluate(`${whenSeen}
    globalThis.seen = new Promise((resolve) => {
      const begin = ({ timeStamp }) => whenSeen(() => ${test}).then((at) => resolve(at - timeStamp));
      for (const kind of ["pointerup", "input"]) addEventListener(kind, begin, { capture: true, once: true });
    });`);
  await act();
  return page.evaluate("seen");
}

async function freshLink({ data }: Installation): Promise<string> {
  const { stdout } = await promisify(execFile)(sourceProgram, ["console", "--data", data]);
  return stdout.trim();
}

function follow(mine: OpenPage, link: string): Promise<void> {
  const { pathname, hash } = new URL(link);
  return mine.go(`${pathname}${hash}`);
}
