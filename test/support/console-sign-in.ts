import type { OpenPage } from "./browser.ts";
import { runSealift, type Sealift } from "./sealift.ts";

/** Links that are tried. */
const mostLinks = 4;

/**
 * Signs a page in as the root user by a link. Chromium drops what it is loading when a network of Docker comes or goes on this
 * machine, and a link is good once: a page that did not get in tries another.
 */
export async function signInByLink({ page, go }: OpenPage, { data }: Pick<Sealift, "data">): Promise<void> {
  for (let tried = 1; ; tried++) {
    const { stdout, stderr } = await runSealift("console", "--data", data);
    if (!URL.canParse(stdout.trim())) throw new Error(`There is no link: ${stderr}`);
    const { pathname, hash } = new URL(stdout.trim());
    // Another fragment alone loads nothing.
    await page.goto("about:blank");
    try {
      await go(`${pathname}${hash}`);
      await page.getByRole("button", { name: /root/ }).first().waitFor();
      return;
    } catch (error) {
      if (tried === mostLinks) throw error;
    }
  }
}
