/** Text as an element's content; characters that XML cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[<>&]/g, (character) => (character === "<" ? "&lt;" : character === ">" ? "&gt;" : "&amp;"));
}
