import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { afterAll, describe, expect, test } from "vitest";
import { mainFile, runCli } from "./support/run-cli.ts";
import { hasTerminal, runShellOnTerminal } from "./support/terminal.ts";

const isCi = Boolean(process.env["CI"]);

/** A folder for the path, with the built command in it under its own name. */
const scratch = scratchFolder();
const binDir = scratch.path;
const command = join(binDir, "sync-log");
writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${mainFile}" "$@"\n`);
chmodSync(command, 0o755);
afterAll(() => scratch[Symbol.dispose]());

const env = {
  PATH: `${binDir}:${process.env["PATH"] ?? ""}`,
  HOME: binDir,
  TERM: "xterm-256color",
};

function hasShell(shell: string): boolean {
  return spawnSync(shell, ["--version"]).error === undefined;
}

/** How each shell is started without anybody's configuration, and takes the script. */
const shells = [
  {
    shell: "bash",
    args: ["--norc", "--noprofile", "-i"],
    setUp: ["PS1='ready> '", "source <(sync-log completion bash)"],
  },
  {
    shell: "zsh",
    args: ["-f", "-i"],
    setUp: [
      "PS1='ready> '",
      "autoload -U compinit && compinit -D",
      "source <(sync-log completion zsh)",
    ],
  },
  {
    shell: "fish",
    args: ["--no-config", "-i"],
    setUp: ["function fish_prompt; echo 'ready> '; end", "sync-log completion fish | source"],
  },
];

describe.each(shells)("in $shell", ({ shell, args, setUp }) => {
  // In CI the shells are installed, and an absent one is a failure.
  const isAbsent = !isCi && !(hasShell(shell) && hasTerminal);

  test.skipIf(isAbsent)(
    "Tab completes commands and options, and knows no more after a value",
    async () => {
      const run = runShellOnTerminal(shell, args, env);
      await run.shows(/[$%>#] ?$/u);
      for (const line of setUp) run.type(`${line}\r`);
      run.type("echo set''up-done\r");
      await run.shows(/^setup-done$/mu);
      run.type("sync-log wat\t");
      await run.shows(/sync-log watch/u);
      run.type("--max-w\t");
      await run.shows(/sync-log watch --max-wait/u);
      run.type("5m --js\t");
      await run.shows(/--max-wait 5m --json/u);
      expect(run.text()).not.toMatch(/not found|rror/u);
      await run.kill();
    },
  );

  test.skipIf(isAbsent)("Tab completes the values of options, also behind a comma", async () => {
    const run = runShellOnTerminal(shell, args, env);
    await run.shows(/[$%>#] ?$/u);
    for (const line of setUp) run.type(`${line}\r`);
    run.type("echo set''up-done\r");
    await run.shows(/^setup-done$/mu);
    run.type("sync-log list --status fai\t");
    await run.shows(/--status failed/u);
    run.type("\u0015sync-log list --status failed,runn\t");
    await run.shows(/--status failed,running/u);
    run.type("\u0015sync-log list --type man\t");
    await run.shows(/--type manual_sync/u);
    run.type("\u0015sync-log get --field id,recordsI\t");
    await run.shows(/--field id,recordsIngested/u);
    run.type("\u0015sync-log mcp --print-config cl\t");
    await run.shows(/--print-config claude/u);
    expect(run.text()).not.toMatch(/not found|rror/u);
    await run.kill();
  });

  test.skipIf(isAbsent)(
    "Tab completes the ids of the last watch and list, each in its place",
    async () => {
      using state = scratchFolder();
      const [workspaceId, first, second] = ["ws_7a", "sync_4f2", "sync_81c"];
      mkdirSync(join(state.path, "sync-log"));
      writeFileSync(
        join(state.path, "sync-log", "last-watch.json"),
        `${JSON.stringify({ workspaceId, ids: [first, second, "sync_$(touch x)", "q_sk_key"] })}\n`,
      );
      writeFileSync(
        join(state.path, "sync-log", "last-list.json"),
        `${JSON.stringify({ workspaceId, ids: [first, "sync_a90"] })}\n`,
      );
      const run = runShellOnTerminal(shell, args, { ...env, XDG_STATE_HOME: state.path });
      await run.shows(/[$%>#] ?$/u);
      for (const line of setUp) run.type(`${line}\r`);
      run.type("echo set''up-done\r");
      await run.shows(/^setup-done$/mu);
      run.type("sync-log watch w\t");
      await run.shows(/sync-log watch ws_7a/u);
      run.type("sync_4\t");
      await run.shows(/ws_7a sync_4f2/u);
      run.type("sync_8\t");
      await run.shows(/sync_4f2 sync_81c/u);
      run.type("sync_a\t");
      await run.shows(/sync_81c sync_a90/u);
      run.type("\u0015sync-log list w\t");
      await run.shows(/sync-log list ws_7a/u);
      run.type("\u0015sync-log watch \t");
      await run.shows(/sync-log watch ws_7a/u);
      expect(run.text()).not.toMatch(/not found|rror|q_sk|touch/u);
      await run.kill();
    },
  );

  test.skipIf(!isCi && !hasShell(shell))("the script is one that the shell can read", () => {
    const script = execFileSync(command, ["completion", shell], { encoding: "utf8" });
    const flags = shell === "fish" ? ["--no-execute"] : ["-n"];
    const file = join(binDir, `completion.${shell}`);
    writeFileSync(file, script);
    expect(execFileSync(shell, [...flags, file], { encoding: "utf8", stdio: "pipe" })).toBe("");
  });
});

test("every option of every command is completed", async () => {
  for (const { shell } of shells) {
    const { stdout } = await runCli("", ["completion", shell]);
    for (const word of ["get", "watch", "mcp", "open-reference", "field", "interval", "no-color"]) {
      expect(`${shell}: ${stdout}`).toContain(word);
    }
  }
});

test("an unknown shell is refused, and the message lists the known ones", async () => {
  const run = await runCli("", ["completion", "tcsh"]);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/bash.*zsh.*fish/u);
});
