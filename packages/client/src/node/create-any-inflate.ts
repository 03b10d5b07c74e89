import { Transform, type TransformCallback } from "node:stream";
import { createInflate, createInflateRaw, type Inflate, type InflateRaw } from "node:zlib";

/**
 * Decompresses `deflate`: zlib's format, or the bare one that some servers send under this name. The
 * first byte tells them apart, as it does for `fetch`.
 */
export function createAnyInflate(): Transform {
  let inflate: Inflate | InflateRaw | undefined;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      inflate ??= startInflate(this, chunk[0]);
      inflate.write(chunk, () => done());
    },
    flush(done: TransformCallback) {
      if (inflate === undefined) return done();
      inflate.once("end", () => done()).end();
    },
    destroy(error, done) {
      inflate?.destroy();
      done(error);
    },
  });
}

function startInflate(target: Transform, firstByte = 0): Inflate | InflateRaw {
  const inflate = (firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw();
  inflate.on("data", (chunk) => target.push(chunk));
  inflate.on("error", (error) => target.destroy(error));
  return inflate;
}
