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
  return output.isTTY ? terminalTeller() : plainTeller(output);
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

async function terminalTeller(): Promise<Teller> {
  const { log, note, spinner } = await import("@clack/prompts");
  return {
    async step(title, work) {
      const wheel = spinner();
      wheel.start(title);
      try {
        const done = await work();
        wheel.stop(title);
        log.message(done);
      } catch (error) {
        wheel.error(title);
        throw error;
      }
    },
    show: (heading, lines) => note(lines.join("\n"), heading),
    say: (text) => log.message(text),
  };
}
