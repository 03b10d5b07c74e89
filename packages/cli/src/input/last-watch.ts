import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { UsageError } from "@qontext/sync-log-command-line";
import type { CommandIo } from "../output.ts";

/** What `watch --last` watches again. */
export interface WatchTargets {
  readonly workspaceId: string;
  readonly ids: readonly string[];
}

/**
 * The file in the user's state folder (https://specifications.freedesktop.org/basedir-spec); undefined where the
 * environment names no home.
 */
function lastWatchFile(env: CommandIo["env"]): string | undefined {
  const { XDG_STATE_HOME: state = "", HOME: home = "", LOCALAPPDATA: local = "" } = env;
  const folder = [state, home === "" ? "" : join(home, ".local", "state"), local].find(isAbsolute);
  return folder === undefined ? undefined : join(folder, "sync-log", "last-watch.json");
}

/** Only what has the form of an id: a key that somebody typed in the place of one is not kept. */
const idForm = /^(?:ws|sync)_[\w-]{1,100}$/u;

/** Keeps what is watched for `--last`. Where the folder cannot be written, there is no last watch, and no error. */
export async function keepLastWatch(
  { workspaceId, ids }: WatchTargets,
  env: CommandIo["env"],
): Promise<void> {
  const file = lastWatchFile(env);
  if (file === undefined || ![workspaceId, ...ids].every((id) => idForm.test(id))) return;
  const written = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(written, `${JSON.stringify({ workspaceId, ids })}\n`, { mode: 0o600 });
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

/** What was watched last. Throws a {@link UsageError} where nothing was, or it was not kept. */
export async function readLastWatch(env: CommandIo["env"]): Promise<WatchTargets> {
  const file = lastWatchFile(env);
  const text = file === undefined ? "" : await readFile(file, "utf8").catch(() => "");
  const targets = targetsIn(text);
  if (targets === undefined) {
    throw new UsageError(
      `--last finds no earlier watch${file === undefined ? "" : ` in ${file}`}. Pass a workspace id and sync log ids.`,
    );
  }
  return targets;
}
