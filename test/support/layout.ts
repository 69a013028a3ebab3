import type { Page } from "playwright-core";
import { until } from "./until.ts";

/**
 * What the page cuts off: sideways scrolling of the page itself, what stands beyond its edge, and what an element that clips cuts
 * without an ellipsis. It runs in the page.
 */
const cutOff = `(() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  if (document.scrollingElement.scrollWidth > width) found.push("the page scrolls sideways: " + document.scrollingElement.scrollWidth);
  if (document.querySelector("img[src=x]")) found.push("a name became an element");
  const clips = (element) => {
    for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(parent);
      if (overflowX !== "visible") return { overflowX, textOverflow, right: parent.getBoundingClientRect().right, width: parent.clientWidth };
    }
  };
  for (const element of document.querySelectorAll("button, a, input, textarea, h1, h2, h3, label, bdi, [role=tab]")) {
    const { left, right, width: own, height } = element.getBoundingClientRect();
    if (own === 0 || height === 0 || !element.checkVisibility({ visibilityProperty: true }) || element.closest("[aria-hidden=true]")) continue;
    const name = element.tagName + " " + (element.ariaLabel ?? element.textContent).slice(0, 40);
    const by = clips(element);
    if (!by && (right > width + 1 || left < -1)) found.push("beyond the edge: " + name);
    if (by && /hidden|clip/.test(by.overflowX) && by.textOverflow !== "ellipsis" && by.width > 2 && right > by.right + 2)
      found.push("cut: " + name);
  }
  return found;
})()`;

/** Waits for the page's layout to settle, and fails if it cuts something off. */
export async function assertNothingCutOff(page: Page, where: string): Promise<void> {
  let found: readonly string[] = [];
  async function look(): Promise<boolean> {
    found = (await page.evaluate(cutOff)) as readonly string[];
    return found.length === 0;
  }
  await until(`nothing is cut off on ${where}`, look, { seconds: 5, detail: () => found.join("; ") });
}
