import { refuse } from "../refuse.ts";

const loopbackHost = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base URL, where requests with a key may go to it. The URL itself is never shown: it may hold
 * a password.
 *
 * @param source - Where it comes from, for the message.
 * @throws InvalidParameterError
 */
export function checkBaseUrl(value: string, source: string): URL {
  if (value === "") refuseUrl(source, "is empty");
  if (!URL.canParse(value)) refuseUrl(source, "is not a URL");
  const url = new URL(value);
  if (url.username !== "" || url.password !== "") refuseUrl(source, "has a user name or password");
  // An empty one shows in `href` only.
  if (/[?#]/.test(url.href)) refuseUrl(source, "has a query or a fragment");
  const isLocal = url.protocol === "http:" && loopbackHost.test(url.hostname);
  if (url.protocol !== "https:" && !isLocal) {
    refuseUrl(source, "would send the API key in clear: use https://");
  }
  return url;
}

function refuseUrl(source: string, why: string): never {
  return refuse("baseUrl", `The base URL from ${source} ${why}.`);
}
