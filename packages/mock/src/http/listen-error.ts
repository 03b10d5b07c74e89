/** The mock cannot listen where it was told to. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  readonly code = "ERR_MOCK_LISTEN";

  constructor(host: string, port: number, cause: Error) {
    const code = "code" in cause ? String(cause.code) : "";
    const reasons: Readonly<Record<string, string>> = {
      EADDRINUSE: `Port ${port} on ${host} is taken; choose another one, or 0 for any free one.`,
      EACCES: `Port ${port} on ${host} needs rights that this process does not have; choose one above 1023.`,
      EADDRNOTAVAIL: `This machine does not have the address ${host}.`,
      ENOTFOUND: `There is no host ${host}.`,
    };
    super(reasons[code] ?? `Port ${port} on ${host} cannot be listened on: ${cause.message}`, {
      cause,
    });
  }
}
