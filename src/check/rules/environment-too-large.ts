import type { Found } from "../finding.ts";
import type { Rule } from "./rule.ts";

/** Bytes of one `NAME=value` with its end, which Linux hands to a program: MAX_ARG_STRLEN. https://man7.org/linux/man-pages/man2/execve.2.html */
const longestString = 128 * 1024;

/** Bytes of a container's whole environment: beyond it tasks fail on Fargate. https://github.com/aws/containers-roadmap/issues/1336 */
const largestEnvironment = 128 * 1024;

export const environmentTooLarge: Rule = {
  id: "environment-too-large",
  severity: "error",
  when: "start",
  title: "A variable or a container's environment has 128 KiB or more (of secrets, with --values)",
  *find({ definition, secrets, labels, launchType }) {
    for (const [index, { name: container, environment = [] }] of (definition.containerDefinitions ?? []).entries()) {
      const plain = environment.map(({ name = "", value = "" }, number) => ({
        pointer: `/containerDefinitions/${index}/environment/${number}`,
        name,
        bytes: Buffer.byteLength(`${name}=${value}`) + 1,
      }));
      const secret = secrets.flatMap(({ container: owner, pointer, name, value, request, whole }) =>
        owner === container && value !== undefined && request.target === "CONTAINER" && !whole
          ? [{ pointer, name, bytes: Buffer.byteLength(`${name}=${value}`) + 1 }]
          : [],
      );
      const whole = labels
        .filter(({ container: owner }) => owner === container)
        .flatMap(({ pointer, variables }) =>
          variables.map(({ name, value }) => ({ pointer, name, bytes: Buffer.byteLength(`${name}=${value}`) + 1 })),
        );
      const all = [...plain, ...secret, ...whole];
      for (const { pointer, name, bytes } of all) if (bytes > longestString) yield tooLong(pointer, name, bytes);
      const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
      if (total > largestEnvironment && launchType === "FARGATE" && all.every(({ bytes }) => bytes <= longestString)) {
        yield {
          pointer: `/containerDefinitions/${index}/environment`,
          message: `The environment of ${container} has ${total} bytes; tasks fail on Fargate beyond ${largestEnvironment}.`,
          mend: { text: "Deliver large values as files, or have the program read them itself." },
        };
      }
    }
  },
};

function tooLong(pointer: string, name: string, bytes: number): Found {
  return {
    pointer,
    message: `${name} has ${bytes} bytes with its name; Linux starts no program with a string of more than ${longestString}.`,
    aws: "exec: argument list too long",
    mend: {
      text: "Deliver the value as a file (docker label sealift.secrets.files), or have the program read it itself.",
    },
  };
}
