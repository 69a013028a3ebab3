import Box from "@cloudscape-design/components/box";

/** Text of unknown origin: its direction does not reach what stands around it, and it breaks anywhere when it is long. */
export function Text({ children, code = false }: { readonly children: string | undefined; readonly code?: boolean }) {
  if (children === undefined || children === "") return <>-</>;
  if (code) {
    return (
      <Box variant="code">
        <bdi className="app-text">{children}</bdi>
      </Box>
    );
  }
  return <bdi className="app-text">{children}</bdi>;
}

/** The same where only a string fits: a heading, a breadcrumb, an option. */
export function isolated(text: string): string {
  return /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text) ? `\u2068${text}\u2069` : text;
}

/** The beginning of a text that may be too long for where it stands. */
export function shortened(text: string, most = 60): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : text;
}
