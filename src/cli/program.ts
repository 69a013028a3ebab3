/** The command line. Each command is loaded when it is called. */
import { Argument, Command, CommanderError } from "commander";
import manifest from "../../package.json" with { type: "json" };

const program = new Command("sealift")
  .description("Runs Amazon ECS task definitions on your own machines and delivers their secrets the way AWS does")
  .version(manifest.version, "-v, --version", "print the version")
  // Before any command is added: commands inherit these settings.
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(usageError(text)) });

program
  .command("up")
  .description("start the control plane, and an agent that runs tasks on this machine")
  .option("--host <address>", "address to listen on (default: 127.0.0.1)")
  .option("--port <number>", "port to listen on, 0 for a free one (default: 4566)")
  .option("--tls-cert <path>", "certificate in PEM, with its chain: serves https; SIGHUP reads it anew")
  .option("--tls-key <path>", "its private key")
  .option("--ca-cert <path>", "authorities in PEM to trust beside the usual ones, such as the certificate's own")
  .option("--insecure-http", "serve plain http on an address that is not a loopback one")
  .option("--data <directory>", "where everything is kept (default: ~/.sealift)")
  .option("--database <url>", "postgres://… in place of SQLite in the data directory")
  .option("--root-key-file <path>", "file of the root key (default: root.key in the data directory)")
  .option("--passphrase", "make the root key from a passphrase, which is asked for (or SEALIFT_PASSPHRASE)")
  .option("--runtime <kind>", "auto, docker or process (default: auto)")
  .option(
    "--image-pull-behavior <kind>",
    "default, always, once or prefer-cached, as AWS's agent (default: prefer-cached)",
  )
  .option("--region <region>", "region of this installation (default: us-east-1)")
  .option("--account <id>", "12-digit account id (default: 000000000000)")
  .option("--dev", "add the key pair test/test as root and POST /_sealift/reset; loopback addresses only")
  .option(
    "--throw-away",
    "for tests: the root user may empty it (POST /_sealift/reset, signed), and what tasks left is deleted when it stops",
  )
  .option("--no-agent", "run no tasks on this machine")
  .option("--no-console", "serve the APIs only, and no console to browsers (or SEALIFT_CONSOLE=0)")
  .option("--s3-endpoint <url>", "where environment files are, such as a MinIO (default: Amazon S3)")
  .option(
    "--awslogs-endpoint <url>",
    "where the log driver awslogs delivers, or aws for Amazon's (default: this Sealift)",
  )
  .option("--strict-resources", "place FARGATE tasks only where there is as much CPU and memory as they ask for")
  .option(
    "--deny-plaintext-secrets",
    "refuse task definitions with what looks like a secret in plain text (sealift findings)",
  )
  .option(
    "--task-endpoint <kind>",
    "where containers find credentials and metadata: link-local (169.254.170.2), loopback (127.0.0.1) or auto (default)",
  )
  .option("--no-endpoint-env", "do not set AWS_ENDPOINT_URL in containers, by which SDKs in them reach Sealift")
  .option("--lambda <name=url...>", "rotation function of that name, at the runtime interface emulator's URL")
  .option(
    "--public-url <url>",
    "address at which others reach this server: the issuers of its identity tokens are there",
  )
  .option(
    "--registry [port]",
    "keep container images, for Amazon ECR; at a port of their own, or at the server's (default)",
  )
  .option("--audit-max-age <days>", "how long events of the audit trail are kept (default: 90)")
  .option("--audit-max-size <size>", "how much of the audit trail is kept, such as 10G (default: no limit)")
  .option("--json-logs", "log as JSON lines")
  .action(async (flags) => (await import("./up.ts")).up(flags));

program
  .command("agent")
  .description("join this machine to a cluster; credentials come from the usual AWS places")
  .requiredOption("--cluster <name>", "cluster to join")
  .requiredOption("--endpoint <url>", "where the control plane answers; may be repeated, for replicas", several)
  .option("--region <region>", "region of the cluster (default: us-east-1)")
  .option("--ca-cert <path>", "authorities in PEM to trust beside the usual ones")
  .option("--data <directory>", "where the agent keeps its state (default: ~/.sealift-agent)")
  .option("--runtime <kind>", "auto, docker or process (default: auto)")
  .option("--s3-endpoint <url>", "where environment files are, such as a MinIO (default: Amazon S3)")
  .option(
    "--awslogs-endpoint <url>",
    "where the log driver awslogs delivers, or aws for Amazon's (default: this Sealift)",
  )
  .option(
    "--image-pull-behavior <kind>",
    "default, always, once or prefer-cached, as AWS's agent (default: prefer-cached)",
  )
  .option(
    "--task-endpoint <kind>",
    "where containers find credentials and metadata: link-local (169.254.170.2), loopback (127.0.0.1) or auto (default)",
  )
  .option("--no-endpoint-env", "do not set AWS_ENDPOINT_URL in containers, by which SDKs in them reach Sealift")
  .option("--json-logs", "log as JSON lines")
  .action(async (flags) => (await import("./agent.ts")).agent(flags));

program
  .command("rekey")
  .description("seal everything under another root key; no server may run on the data meanwhile")
  .option("--data <directory>", "where everything is kept (default: ~/.sealift)")
  .option("--database <url>", "postgres://… in place of SQLite in the data directory")
  .option("--root-key-file <path>", "file of the present root key (default: root.key in the data directory)")
  .option("--passphrase", "the present root key is made from a passphrase, which is asked for")
  .option("--new-root-key-file <path>", "file of the new root key, made if it is not there (default: root.key)")
  .option("--new-passphrase", "make the new root key from a passphrase, which is asked for (or SEALIFT_NEW_PASSPHRASE)")
  .action(async (flags) => (await import("./rekey.ts")).rekey(flags));

const account = program.command("account").description("the accounts of a running Sealift");

account
  .command("create")
  .description("make an account; prints its root access key as a section for ~/.aws/credentials, this once")
  .option("--name <name>", "the account's name (default: member)")
  .option("--id <digits>", "its 12 digits (default: random ones)")
  .option("--email <address>", "an address that no other account has (default: a made-up one)")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .action(async (flags) => (await import("./account.ts")).createAccount(flags));

account
  .command("list")
  .description("print id, name and time of every account")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .action(async (flags) => (await import("./account.ts")).listAccounts(flags));

account
  .command("root-key")
  .description("make a new root access key of an account in place of the one that it has, and print it this once")
  .argument("<id>", "the account's 12 digits")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .action(async (id, flags) => (await import("./account.ts")).makeRootKey(id, flags));

const audit = program
  .command("audit")
  .description("follow the audit trail: one line an event, of every account and region, as calls are made")
  .option("--data <directory>", "where everything is kept (default: ~/.sealift)")
  .option("--database <url>", "postgres://… in place of SQLite in the data directory")
  .option("--json", "print whole events as JSON lines")
  .action(async (flags) => (await import("./audit-follow.ts")).auditFollow(flags));

audit
  .command("export")
  .description("print the events as JSON lines, as they were written")
  .option("--from <time>", "only events from this time on, such as 2026-01-31 or 2026-01-31T12:00:00Z")
  .option("--to <time>", "only events up to this time")
  .action(async (flags, command) => {
    await (await import("./audit-export.ts")).auditExport({ ...command.optsWithGlobals(), ...flags });
  });

audit
  .command("verify")
  .description("find events that were removed, edited or inserted by another hand; exit code 1 if there are any")
  .option("--root-key-file <path>", "file of the root key (default: root.key in the data directory)")
  .option("--passphrase", "the root key is made from a passphrase, which is asked for")
  .action(async (flags, command) => {
    await (await import("./audit-verify.ts")).auditVerify({ ...command.optsWithGlobals(), ...flags });
  });

program
  .command("explain")
  .description("say why a request was denied, policy by policy, and what would allow it")
  .argument("<id>", "a request's id, a task's ARN (its roles), or the ARN of a secret or another resource")
  .option("--data <directory>", "where everything is kept (default: ~/.sealift)")
  .option("--database <url>", "postgres://… in place of SQLite in the data directory")
  .action(async (id, flags) => (await import("./explain.ts")).explain(id, flags));

program
  .command("check")
  .description(
    "say before a deploy whether everything that task definitions refer to will resolve for their execution roles",
  )
  .argument("<definition...>", "files with a task definition in JSON, globs of such files, or family[:revision]")
  .option("--from <where>", "whose secrets, roles and policies: sealift (a running one) or aws (default: sealift)")
  .option("--values", "read secret values as well, to look for JSON keys; they are not shown")
  .option("--format <kind>", "terminal, json, sarif or github (default: terminal)")
  .option("--json", "short for --format json")
  .option("--strict", "exit code 1 for warnings, and for what is not known, too")
  .option("--cluster <name>", "cluster of the tasks, which trust policies may name (default: default)")
  .option("--launch-type <type>", "EC2 or FARGATE (default: FARGATE where a definition requires it)")
  .option("--overrides <file>", "container overrides that RunTask will be given, a list in JSON")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .option("--region <region>", "region of the tasks (default: the installation's, or the usual AWS places)")
  .addHelpText("after", "\nExample:\n  sealift check 'deploy/*.json' --from aws --format github")
  .action(async (definitions, flags) => (await import("./check.ts")).check(definitions, flags));

program
  .command("policy")
  .description("write the least policy that the execution role of a task definition needs, and what key policies lack")
  .argument("<definition>", "a file with a task definition in JSON, or family[:revision]")
  .option("--from <where>", "whose secrets and keys: sealift (a running one) or aws (default: sealift)")
  .option("--format <kind>", "json or terraform (default: json)")
  .option("--all", "print the trust policy and the statements for the policies of resources as well")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .option("--region <region>", "region of the tasks (default: the installation's, or the usual AWS places)")
  .addHelpText("after", "\nExample:\n  sealift policy task.json --from aws --format terraform")
  .action(async (definition, flags) => (await import("./policy.ts")).policy(definition, flags));

program
  .command("exec")
  .description("run a command in a container of a task, with this terminal; the task was run with enableExecuteCommand")
  .argument("<task>", "the task's id or ARN")
  .argument("<command...>", "the command and its arguments, after --")
  .option("--container <name>", "the container, if the task has several")
  .option("--cluster <name>", "the task's cluster (default: default)")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .option("--endpoint <url>", "a Sealift elsewhere; credentials come from the usual AWS places")
  .option("--region <region>", "region of --endpoint (default: us-east-1)")
  .action(async (task, command, flags) => (await import("./exec.ts")).exec(task, command, flags));

program
  .command("run")
  .description("run a task definition once on this machine, with its output here, and leave nothing behind")
  .argument("<file>", "the task definition as JSON, or - for the standard input")
  .option("--from <source>", "where its secrets are: installation, which need not run, or aws", "installation")
  .option("--as-me", "read the secrets as yourself (default)")
  .option("--as-execution-role", "read the secrets as the task's execution role, if it lets you assume it")
  .option("--no-masking", "show secret values as the containers print them")
  .option("--data <directory>", "data directory of the installation (default: ~/.sealift)")
  .option("--region <region>", "region of --from aws (default: the one of the usual AWS places)")
  .option("--runtime <kind>", "auto, docker or process (default: auto)")
  .option("--s3-endpoint <url>", "where environment files are, such as a MinIO (default: Amazon S3)")
  .addHelpText(
    "after",
    `
Ends with the exit code of the essential container. Ctrl-C stops the task as ECS does, with its stop timeouts.

Examples:
  sealift run task.json
  sealift run task.json --from aws --region eu-west-1
  aws ecs describe-task-definition --task-definition web | sealift run - --from aws`,
  )
  .action(async (file, flags) => (await import("./run.ts")).run(file, flags));

program
  .command("logs")
  .description(
    "show the output of a task's containers together, or of all tasks of a service, with secret values masked",
  )
  .argument("<task or service>", "a task's id or ARN, or a service's name or ARN")
  .option("-f, --follow", "go on with what comes, until the task stops or Ctrl-C")
  .option("--since <time>", "only lines from then on: so long ago, such as 10m or 2h, or a date")
  .option("--container <name>", "only this container")
  .option("--no-masking", "show secret values as the containers printed them")
  .option("--json", "print a JSON document a line")
  .option("--cluster <name>", "their cluster (default: default)")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .option("--endpoint <url>", "a Sealift elsewhere; credentials come from the usual AWS places")
  .option("--region <region>", "region of --endpoint (default: us-east-1)")
  .addHelpText(
    "after",
    `
Examples:
  sealift logs web --follow
  sealift logs 0123456789abcdef0123456789abcdef --since 10m --container app
  sealift logs web --json | jq -r .message`,
  )
  .action(async (target, flags) => (await import("./logs.ts")).logs(target, flags));

program
  .command("stats")
  .description("show what the tasks of a running Sealift use: cpu and memory, live")
  .argument("[task...]", "tasks' ids or ARNs (default: all that run)")
  .option("--cluster <name>", "their cluster", "default")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .option("--no-stream", "print them once")
  .option("--json", "print a JSON list a reading")
  .action(async (tasks, flags) => (await import("./stats.ts")).stats(tasks, flags));

const reaching = (command: Command) =>
  command
    .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
    .option("--endpoint <url>", "a Sealift elsewhere; credentials come from the usual AWS places")
    .option("--region <region>", "another region than the installation's (with --endpoint: us-east-1)");

reaching(program.command("secrets"))
  .description("show each secret and parameter with its version and age, who references it and who holds which version")
  .option("--stale", "only those of which a task holds an older version; exit code 1 if there are any")
  .option("--json", "print a JSON list")
  .addHelpText("after", "\nExample:\n  sealift secrets --stale")
  .action(async (flags) => (await import("./secrets.ts")).secrets(flags));

reaching(program.command("tasks"))
  .description("show the tasks that are to run")
  .option("--cluster <name>", "their cluster", "default")
  .option("--secrets", "with the versions of secrets that each holds, and whether they are stale")
  .option("--json", "print a JSON list")
  .addHelpText("after", "\nExample:\n  sealift tasks --secrets")
  .action(async (flags) => (await import("./tasks.ts")).tasks(flags));

reaching(program.command("redeploy"))
  .description("force a deployment of services, so that their tasks start with the newest versions of secrets")
  .option("--using <secret>", "every service that uses this secret or parameter: its name or ARN")
  .option("--stale", "every service whose tasks hold an older version of a secret")
  .option("--cluster <name>", "only services of this cluster (default: all)")
  .addHelpText("after", "\nExample:\n  sealift redeploy --using db/password")
  .action(async (flags) => (await import("./redeploy.ts")).redeploy(flags));

program
  .command("findings")
  .description(
    "list what looks like a secret in plain text in registered task definitions; exit code 1 if there is any",
  )
  .argument("[family...]", "families, or revisions such as web:3 (default: the newest revision of every family)")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .option("--json", "print a JSON list")
  .addHelpText("after", "\nExample:\n  sealift findings web worker:12 --json")
  .action(async (families, flags) => (await import("./findings.ts")).findings(families, flags));

program
  .command("harden")
  .description(
    "move the plaintext secrets of a task definition's file into a store; shows what it would do unless --write",
  )
  .argument("<file>", "the definition, as RegisterTaskDefinition takes it or DescribeTaskDefinition shows it")
  .option("--store <kind>", "ssm (a parameter each) or secretsmanager (one secret with a key each)", "ssm")
  .option("--name <name>", "path of the parameters, or the secret's name (default: the family)")
  .option("--kms-key-id <key>", "KMS key that encrypts them (default: the store's own)")
  .option("--to <where>", "sealift, or aws: the account of the usual AWS credentials", "sealift")
  .option("--write", "store the values, then write the file")
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .addHelpText("after", "\nExample:\n  sealift harden web.json --store secretsmanager --name prod/web --write")
  .action(async (file, flags) => (await import("./harden.ts")).harden(file, flags));

reaching(program.command("console"))
  .description("print a link that signs in to the console, once, with the permissions of whoever calls")
  .addHelpText("after", "\nExample:\n  sealift console --endpoint https://sealift.example.com")
  .action(async (flags) => (await import("./console.ts")).printConsoleLink(flags));

program
  .command("env")
  .description('print the exports that point the aws CLI and the SDKs at a running Sealift: eval "$(sealift env)"')
  .option("--data <directory>", "data directory of the running Sealift (default: ~/.sealift)")
  .action(async (flags) => (await import("./env.ts")).env(flags));

program
  .command("doctor")
  .description("say what works on this machine, what does not, and how to mend it; exit code 1 if something fails")
  .option("--host <address>", "address that `up` is to listen on (default: 127.0.0.1)")
  .option("--port <number>", "its port (default: 4566)")
  .option("--data <directory>", "where everything is to be kept (default: ~/.sealift)")
  .option("--runtime <kind>", "auto, docker or process (default: auto)")
  .option("--json", "print a JSON list")
  .action(async (flags) => (await import("./doctor.ts")).doctor(flags));

program
  .command("completion")
  .description('print a script that completes commands and flags: eval "$(sealift completion bash)"')
  .addArgument(new Argument("<shell>").choices(["bash", "zsh", "fish"]))
  .action(async (shell) => (await import("./completion.ts")).completion(shell, program));

program
  .command("quickstart")
  .description("play the whole journey of a secret into a running container, on a throw-away installation")
  .option("--keep", "leave it running at the end")
  .option("--runtime <kind>", "auto, docker or process (default: auto)")
  .action(async (flags) => (await import("./quickstart.ts")).quickstart(flags));

/** Commands that go on though nobody reads what they print. */
const servers = ["up", "agent"];

/** 128 and the number of SIGPIPE, which ends other programs where nobody reads on, as before "| head". */
const unread = 141;

void main();

async function main(): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    if (!servers.includes(process.argv[2] ?? "")) process.exit(unread);
  });
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError ? Math.min(error.exitCode, 1) * 2 : (await import("./report.ts")).report(error);
  }
}

/** The values of an option that may be repeated. */
function several(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

/** Rewrites Commander's message as one line, in the form of our other errors. */
function usageError(text: string): string {
  return `sealift: ${text
    .replace(/^error: /, "")
    .trim()
    .replaceAll("\n", " ")}\n`;
}
