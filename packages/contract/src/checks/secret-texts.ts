/** Why a name or a text must not leave a service. */
export type SecretKind = "a credential" | "an internal address";

/** Texts longer than this are looked at in part: what is looked for is near the beginning. */
const maxTextLength = 4096;

/** Each is linear: no part of one can be matched in two ways. What is put in the place of a password is none. */
const credentials: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bAIza[0-9A-Za-z_-]{35}/,
  /\bgh[pousr]_[0-9A-Za-z]{30,}/,
  /\bgithub_pat_\w{20,}/,
  /\bglpat-[\w-]{20,}/,
  /\b(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]{10,}/,
  /\bsk-[0-9A-Za-z_-]{20,}/,
  /\bwhsec_[0-9A-Za-z+/=]{16,}/,
  /\bxox[abeoprs]-[0-9A-Za-z-]{10,}/,
  /\bnpm_[0-9A-Za-z]{36}\b/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/,
  /\$(?:2[abxy]|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*)\$[^\s"]{10,}/,
  /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s:/@?#]{0,100}:(?!\*|x{3}|[<[{$]|redacted|%2a)[^\s/@?#]{1,100}@[^\s/]/i,
  /\b(?:password|passwd|pwd|secret|accountkey|sharedaccesskey)=(?!\*|x{3}|[<[{$]|redacted|%2a)[^\s;&]{3,}/i,
  /\b(?:Bearer|Basic) (?=[A-Za-z.~+/_-]{0,100}\d)[\w.~+/-]{12,}=*/,
];

const privateIpV4 =
  /(?<![\d.]|[a-z]\/)(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d{1,3}){2}|127(?:\.\d{1,3}){3})(?![\d.]*\d)/;

const addresses: readonly RegExp[] = [
  privateIpV4,
  /\[?\bf[cd][0-9a-f]{2}:(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{0,4}/i,
  /\bip-(?:10|172|192)-\d{1,3}-\d{1,3}-\d{1,3}\b/,
  /[\w-]\.(?:internal|intranet|corp|lan|localdomain|consul|svc|svc\.cluster\.local|local)(?=[:/\s"',;)]|$)/i,
  /(?:^|[/@\s"'=])localhost(?=[:/\s"',;)]|$)/i,
];

/** Words that make the name of a property the name of a credential. Of tokens, those that are not handed out to be sent back. */
const credentialName =
  /(?:^|_)(?:password|passwd|pwd|passphrase|secret|secrets|credential|credentials|api_key|apikey|private_key|access_key|secret_key|signing_key|encryption_key|connection_string|dsn|jwt|cookie|salt)(?:_(?:hash|encrypted|value|id|text))?$|(?:^|_)(?:access|refresh|api|auth|id|session|bearer|secret|service|bot|user|client|internal|webhook|security|signing|deploy)_token$|^token$/;

/** What a text looks like, by itself. */
export function secretIn(text: string): SecretKind | undefined {
  const start = text.slice(0, maxTextLength);
  if (credentials.some((pattern) => pattern.test(start))) return "a credential";
  return addressIn(start) === undefined ? undefined : "an internal address";
}

/** The first address in a text that only means something within a network. */
export function addressIn(text: string): string | undefined {
  const start = text.slice(0, maxTextLength);
  return addresses.map((one) => one.exec(start)?.[0]).find((found) => found !== undefined);
}

/** Whether a property is, by its name, a credential. */
export function isCredentialName(name: string): boolean {
  const words = name
    .slice(0, 100)
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z\d]+/g, "_")
    .toLowerCase();
  return credentialName.test(words);
}
