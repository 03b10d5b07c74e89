import type { IHttpNameValue } from "@stoplight/prism-http";

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = `\\s*;\\s*${token}\\s*=\\s*(?:${token}|"[^",\\\\]*")`;
const mediaRange = `\\s*${token}/${token}(?:${parameter})*\\s*`;
const acceptPattern = new RegExp(`^${mediaRange}(?:,${mediaRange})*$`, "u");

/**
 * The headers without an `Accept` that Prism ends on, which is more than the grammar forbids: empty elements and quoted
 * commas too. A server may disregard the header (RFC 9110, section 12.5.1).
 */
export function withReadableAccept(headers: IHttpNameValue): IHttpNameValue {
  const { accept, ...others } = headers;
  return accept === undefined || acceptPattern.test(accept) ? headers : others;
}
