import { constants } from "node:fs";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UsageError } from "@qontext/sync-log-command-line";
import type { CommandIo } from "../output.ts";

/** The sync logs that a command was last for: `watch --last` watches its own again, and the completion of shells knows both. */
export interface WatchTargets {
  readonly workspaceId: string;
  readonly ids: readonly string[];
}

type KeptBy = "watch" | "list";

/**
 * The file in the user's state folder (https://specifications.freedesktop.org/basedir-spec); undefined where the
 * environment names no home.
 */
function fileOf(keptBy: KeptBy, env: CommandIo["env"]): string | undefined {
  const { XDG_STATE_HOME: state = "", HOME: home = "", LOCALAPPDATA: local = "" } = env;
  const folder = [state, home === "" ? "" : join(home, ".local", "state"), local].find(isAbsolute);
  return folder === undefined ? undefined : join(folder, "sync-log", `last-${keptBy}.json`);
}

/** Only what has the form of an id: a key that somebody typed in the place of one is not kept. */
const idForm = /^(?:ws|sync)_[\w-]{1,100}$/u;

/** Makes a folder and those above it. Node's own way never ends where a folder that exists, such as `/proc/self`, takes none. */
async function makeFolder(folder: string): Promise<void> {
  const make = (): Promise<unknown> => mkdir(folder, { mode: 0o700 });
  try {
    await make();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await make();
  }
}

/** A watch waits no longer for a folder that does not answer, in milliseconds. */
const longestMs = 2000;

async function inTime<Value>(work: Promise<Value>, otherwise: Value): Promise<Value> {
  const late = new AbortController();
  const timeout = sleep(longestMs, otherwise, { signal: late.signal });
  timeout.catch(() => undefined);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    late.abort();
  }
}

/** Keeps what is watched, for `--last`, or listed. Where the folder cannot be written, nothing is kept, and it is no error. */
export function keepTargets(
  keptBy: KeptBy,
  targets: WatchTargets,
  env: CommandIo["env"],
): Promise<void> {
  return inTime(keep(fileOf(keptBy, env), targets), undefined);
}

async function keep(file: string | undefined, { workspaceId, ids }: WatchTargets): Promise<void> {
  if (file === undefined || ![workspaceId, ...ids].every((id) => idForm.test(id))) return;
  const written = `${file}.${process.pid}`;
  try {
    await makeFolder(dirname(file));
    const text = `${JSON.stringify({ workspaceId, ids })}\n`;
    await writeFile(written, text, { mode: 0o600, flag: "wx" });
    // As a whole: another watch may begin at the same time.
    await rename(written, file);
  } catch {
    // Of no use to the watch itself.
    await rm(written, { force: true }).catch(() => undefined);
  }
}

function targetsIn(text: string): WatchTargets | undefined {
  try {
    const { workspaceId, ids }: Partial<WatchTargets> = JSON.parse(text);
    const isWhole = typeof workspaceId === "string" && Array.isArray(ids) && ids.length > 0;
    return isWhole && [workspaceId, ...ids].every((id) => idForm.test(String(id)))
      ? { workspaceId, ids: ids.map(String) }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A pipe or a device may never answer, and an endless file never end. */
const maxBytes = 1_000_000;

async function readRegular(file: string): Promise<string> {
  // Not every system has the flag, without which a pipe would wait for a writer.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await handle.stat();
    return found.isFile() && found.size <= maxBytes ? await handle.readFile("utf8") : "";
  } finally {
    await handle.close();
  }
}

/** What was watched last. Throws a {@link UsageError} where nothing was, or it was not kept. */
export async function readLastWatch(env: CommandIo["env"]): Promise<WatchTargets> {
  const file = fileOf("watch", env);
  const text =
    file === undefined
      ? ""
      : await inTime(
          readRegular(file).catch(() => ""),
          "",
        );
  const targets = targetsIn(text);
  if (targets === undefined) {
    throw new UsageError(
      `--last finds no earlier watch${file === undefined ? "" : ` in ${file}`}. Pass a workspace id and sync log ids.`,
    );
  }
  return targets;
}
