/** Tells a person what happens, step by step. */
export interface Teller {
  /** Shows `title` while `work` is under way, and what it resolves to when it is done. */
  step(title: string, work: () => Promise<string>): Promise<void>;
  /** Shows lines as they are, under a heading. */
  show(heading: string, lines: readonly string[]): void;
  say(text: string): void;
}

/** A spinner on a terminal, plain lines when piped. */
export async function openTeller(output: NodeJS.WriteStream): Promise<Teller> {
  return output.isTTY ? terminalTeller(output) : plainTeller(output);
}

function plainTeller(output: NodeJS.WritableStream): Teller {
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

async function terminalTeller(output: NodeJS.WriteStream): Promise<Teller> {
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

/** Turns a wheel until told to stop. Clack's own ends the process at Ctrl-C, before anything could be tidied away. */
function spin(title: string, output: NodeJS.WriteStream): () => void {
  let turn = 0;
  // A line that wraps could not be written over.
  const shown = title.slice(0, Math.max(output.columns - 4, 0));
  const draw = () => void output.write(`\r\u001b[2K${frames[turn++ % frames.length]}  ${shown}`);
  draw();
  const timer = setInterval(draw, frameMilliseconds);
  return () => {
    clearInterval(timer);
    output.write("\r\u001b[2K");
  };
}
