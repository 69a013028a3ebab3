import { patiently } from "../api/patiently.ts";

/** Resolves when the page has its style sheet, or cannot have it: without it, what is to be hidden is shown. */
export async function styled(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"]');
  // No script runs before the sheet has arrived, or has failed to. While the console is developed, there is none.
  if (link && !hasRules(link)) await patiently(() => loadAgain(link)).catch(() => {});
}

/** Chromium gives a link that it could not load a sheet of another origin, whose rules nobody may read. */
function hasRules({ sheet }: HTMLLinkElement): boolean {
  try {
    return sheet !== null && sheet.cssRules.length > 0;
  } catch {
    return false;
  }
}

function loadAgain(link: HTMLLinkElement): Promise<void> {
  const another = link.cloneNode() as HTMLLinkElement;
  link.after(another);
  return new Promise((resolve, reject) => {
    another.addEventListener("load", () => resolve());
    another.addEventListener("error", () => reject(new Error("The style sheet did not arrive")));
  });
}
