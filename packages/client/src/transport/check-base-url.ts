import { refuse } from "../refuse.ts";

const loopbackHost = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base URL, where requests with a key may go to it. The URL itself is never shown: it may hold
 * a password.
 *
 * @param source - Where it comes from, for the message.
 * @param allowHttp - Whether the key may go in clear to another machine.
 * @throws InvalidParameterError
 */
export function checkBaseUrl(value: string, source: string, allowHttp: boolean): URL {
  if (value === "") refuseUrl(source, "is empty");
  if (!URL.canParse(value)) refuseUrl(source, "is not a URL");
  const url = new URL(value);
  if (url.username !== "" || url.password !== "") refuseUrl(source, "has a user name or password");
  // An empty one shows in `href` only.
  if (/[?#]/.test(url.href)) refuseUrl(source, "has a query or a fragment");
  if (!/^https?:$/.test(url.protocol)) refuseUrl(source, "does not begin with https:// or http://");
  if (url.protocol === "http:" && !allowHttp && !loopbackHost.test(url.hostname)) {
    refuseUrl(
      source,
      "would send the API key in clear: use https://, or `dangerouslyAllowHttp: true` (QONTEXT_DANGEROUSLY_ALLOW_HTTP=1)",
    );
  }
  return url;
}

function refuseUrl(source: string, why: string): never {
  return refuse("baseUrl", `The base URL from ${source} ${why}.`);
}
