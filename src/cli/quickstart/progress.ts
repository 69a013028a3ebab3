/** Shows a person how the quickstart gets on. */
export interface Progress {
  /** Shows `title` while `work` runs, and then the text to which it resolves. */
  step(title: string, work: () => Promise<string>): Promise<void>;
  /** Shows lines as they are, under a heading. */
  show(heading: string, lines: readonly string[]): void;
  say(text: string): void;
}

/** Shows a spinner on a terminal, and plain lines in a pipe. */
export async function openProgress(output: NodeJS.WriteStream): Promise<Progress> {
  return output.isTTY ? terminalProgress(output) : plainProgress(output);
}

function plainProgress(output: NodeJS.WritableStream): Progress {
  let number = 0;
  return {
    async step(title, work) {
      const done = await work();
      output.write(`${++number}. ${title}\n   ${done.replaceAll("\n", "\n   ")}\n`);
    },
    show(heading, lines) {
      output.write(`\n${heading}\n${lines.map((line) => `   ${line}\n`).join("")}`);
    },
    say: (text) => void output.write(`${text}\n`),
  };
}

async function terminalProgress(output: NodeJS.WriteStream): Promise<Progress> {
  const { log, note } = await import("@clack/prompts");
  return {
    async step(title, work) {
      const stop = spin(title, output);
      try {
        const done = await work();
        stop();
        log.step(title);
        log.message(done);
      } catch (error) {
        stop();
        log.error(title);
        throw error;
      }
    },
    show: (heading, lines) => note(lines.join("\n"), heading),
    say: (text) => log.message(text),
  };
}

const frames = ["◒", "◐", "◓", "◑"];
const frameMilliseconds = 80;

/** Shows a spinner until the returned function is called. Clack's own would end the process at Ctrl-C without cleaning up. */
function spin(title: string, output: NodeJS.WriteStream): () => void {
  let turn = 0;
  // A line that wraps cannot be overwritten.
  const shown = title.slice(0, Math.max(output.columns - 4, 0));
  const draw = () => void output.write(`\r\u001b[2K${frames[turn++ % frames.length]}  ${shown}`);
  draw();
  const timer = setInterval(draw, frameMilliseconds);
  return () => {
    clearInterval(timer);
    output.write("\r\u001b[2K");
  };
}
