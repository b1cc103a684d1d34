// A person's web client in a real browser. A line on standard input asks for something, a line on
// standard output answers; both are JSON, one at a time.

import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';
const PATIENCE_MS = 60_000;
const SIZE = { width: 1000, height: 900, deviceScaleFactor: 1.5 };
const HYDROGEN = 'node_modules/hydrogen-view-sdk';
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

let browser;
let page;

/** Makes of the client and its libraries one script. */
async function bundle() {
  await build({
    entryPoints: ['hydrogen.mjs'],
    outfile: 'hydrogen.js',
    bundle: true,
    format: 'esm',
    logLevel: 'error',
    // Our rooms are not encrypted.
    alias: { '@matrix-org/olm/olm.js': './no-encryption.mjs' },
  });
}

/** The file behind a path of the page. */
function fileOf(path) {
  if (path === '/sw.js') {
    return join(HYDROGEN, 'lib-build', path);
  }
  const asset = path.startsWith('/hydrogen/');
  return asset
    ? join(HYDROGEN, 'asset-build/assets', path.slice('/hydrogen/'.length))
    : join('.', path === '/' ? 'index.html' : path);
}

/** Serves the client to this machine alone. */
async function serve() {
  const server = createServer((request, response) => {
    const file = fileOf(normalize(new URL(request.url, 'http://localhost').pathname));
    createReadStream(file)
      .on('open', () => response.setHeader('Content-Type', TYPES[extname(file)] ?? 'font/woff2'))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${server.address().port}/`;
}

async function open({ homeserver, user, password, room }) {
  await bundle();
  const address = await serve();
  browser = await puppeteer.launch({
    executablePath: BROWSER,
    // The browser's own cage is not to be had in most containers; all it opens here is ours.
    args: ['--no-sandbox', '--lang=en-GB', '--force-prefers-reduced-motion'],
    defaultViewport: SIZE,
  });
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => console.error(error));
  page.on('console', (message) => console.error(message.text()));
  await page.goto(address);
  await page.type('#homeserver', homeserver);
  await page.keyboard.press('Tab');
  // Comes when the homeserver has said how one logs in.
  await page.waitForSelector('#username');
  await page.type('#username', user);
  await page.type('#password', password);
  await page.click('.PasswordLoginView button[type=submit]');
  await page.waitForSelector('.LeftPanel .RoomList');
  await page.evaluate((id) => {
    location.hash = `${location.hash}/room/${id}`;
  }, room);
  await page.waitForSelector('.Timeline');
  return {};
}

/** Waits until the page shows these words. */
async function awaitWords({ words }) {
  await page.waitForFunction(
    (wanted) => document.querySelector('.Timeline').innerText.includes(wanted),
    {},
    words,
  );
  return {};
}

async function shoot({ file }) {
  // Or what lies under the pointer is lit.
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: file });
  return {};
}

const commands = { open, await: awaitWords, shoot };

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...parameters } = JSON.parse(line);
  let answer;
  try {
    answer = await commands[name](parameters);
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser?.close();
process.exit(0);
