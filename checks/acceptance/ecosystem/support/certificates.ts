import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What an authority of this test's own has signed. */
export interface Certificates {
  readonly ca: string;
  readonly server: Certificate;
  readonly expired: Certificate;
  readonly ofAnotherHost: Certificate;
  readonly client: Certificate;
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
const local = "DNS:localhost,IP:127.0.0.1";

/** Makes them with OpenSSL. */
export async function createCertificates(): Promise<Certificates> {
  using folder = scratchFolder();
  const openssl = (...args: readonly string[]) => runCommand("openssl", args, { cwd: folder.path });
  const read = (name: string): string => readFileSync(join(folder.path, name), "utf8");
  const authority = ["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA", "-days", "2"];
  await openssl("req", "-x509", ...newKey, ...authority);
  const sign = async (name: string, names: string, days: string): Promise<Certificate> => {
    const request = ["-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`];
    await openssl("req", ...newKey, ...request, "-addext", `subjectAltName=${names}`);
    const signer = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", days];
    const output = ["-copy_extensions", "copy", "-out", `${name}.pem`];
    await openssl("x509", "-req", "-in", `${name}.csr`, ...signer, ...output);
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
  };
  return {
    server: await sign("server", local, "2"),
    expired: await sign("expired", local, "-1"),
    ofAnotherHost: await sign("other", "DNS:other.example", "2"),
    client: await sign("client", "DNS:client.example", "2"),
    ca: read("ca.pem"),
  };
}
