// 지은 책을 내주는 작은 서버. 실제로 올리는 곳처럼 gzip으로 줄이고, 잠시 갈무리하게 한다.
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".tsv": "text/plain; charset=utf-8", ".xml": "application/xml",
};
const ALREADY_SMALL = new Set([".woff2", ".png"]);

/** `{ base, close, delay }`. `delay`에 경로의 조각과 약속을 넣으면 그 파일은 약속이 이루어질 때까지 기다린다. */
export async function serve(dir) {
  const made = new Map();
  const delay = new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    for (const [part, until] of delay) if (path.includes(part)) await until;
    let file = join(dir, normalize(path));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const found = existsSync(file);
    const { type, body, encoding } = load(made, found ? file : join(dir, "404.html"));
    response.writeHead(found ? 200 : 404, { "content-type": type, "cache-control": "max-age=600", ...encoding });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const close = () => new Promise((closed) => (server.closeAllConnections(), server.close(closed)));
  return { base: `http://127.0.0.1:${server.address().port}/`, close, delay };
}

function load(made, file) {
  if (made.has(file)) return made.get(file);
  const end = extname(file);
  const text = readFileSync(file);
  const small = ALREADY_SMALL.has(end);
  const loaded = {
    type: TYPES[end] ?? "application/octet-stream",
    body: small ? text : gzipSync(text),
    encoding: small ? {} : { "content-encoding": "gzip" },
  };
  made.set(file, loaded);
  return loaded;
}
