/** A status for people. A server may send anything as one, even an object that can't be made a text. */
export function statusText(status: unknown): string {
  return typeof status === "string" ? status : (JSON.stringify(status) ?? "nothing");
}
