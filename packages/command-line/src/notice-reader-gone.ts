import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";

/** Throws once nobody reads what is written to a pipe or a socket. */
function assertReader(fd: number, isPipe: boolean): void {
  if (isPipe && process.platform === "linux") {
    // An empty write to a pipe says nothing on Linux: https://man7.org/linux/man-pages/man7/fifo.7.html has this way.
    closeSync(openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK));
  } else {
    writeSync(fd, Buffer.alloc(0));
  }
}

/**
 * Makes a stream of the process fail with `EPIPE` soon after its reader has closed a pipe, as if it were written to at that time:
 * Node tells only of a write that fails, and a command with nothing to say would never end. Does nothing for a terminal, for a
 * file and on Windows.
 *
 * @param everyMs - How often to look, in milliseconds. The process does not stay for it.
 */
export function noticeReaderGone(
  stream: Pick<NodeJS.WriteStream, "emit"> & { readonly fd: number },
  everyMs = 500,
): void {
  if (process.platform === "win32") return;
  const { fd } = stream;
  const stats = fstatSync(fd);
  if (!stats.isFIFO() && !stats.isSocket()) return;
  const timer = setInterval(() => {
    try {
      assertReader(fd, stats.isFIFO());
    } catch (cause) {
      const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
      // A pipe of another user cannot be opened, and a full one takes nothing now: neither is without a reader.
      if (code !== "ENXIO" && code !== "EPIPE") return;
      clearInterval(timer);
      stream.emit("error", Object.assign(new Error("Nobody reads.", { cause }), { code: "EPIPE" }));
    }
  }, everyMs);
  timer.unref();
}
