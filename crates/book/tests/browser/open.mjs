// A browser, a built book, and pages that report whatever goes wrong on them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
    '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const COURSE = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
// The server hands the book out below a path, as many hosts do.
const BELOW = '/some/where/';
const KINDS = {
    '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
    '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8',
};

export const missing = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}; install chromium, or name it in CHROMIUM`;
if (missing && process.env.COURSE_TEST_ALL === '1') {
    throw new Error(missing);
}

let browser;
let server;
let temporary;
export let dist;

before(async () => {
    if (missing) {
        return;
    }
    dist = process.env.BOOK_DIST ? resolve(process.env.BOOK_DIST) : build();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    server = createServer(answer);
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
});

after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    if (temporary) {
        rmSync(temporary, { recursive: true, force: true });
    }
});

function build() {
    temporary = mkdtempSync(join(tmpdir(), 'course-book-'));
    const out = join(temporary, 'book');
    const run = spawnSync('cargo', ['run', '--quiet', '-p', 'book', '--', '--lang', 'en', '--build', '--out', out], { cwd: COURSE, encoding: 'utf8' });
    assert.equal(run.status, 0, `the book does not build:\n${run.stderr}`);
    return out;
}

function answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, 'http://a').pathname);
    const file = path.startsWith(BELOW) ? join(dist, normalize(path.slice(BELOW.length))) : '';
    if (!file.startsWith(dist) || !existsSync(file) || !statSync(file).isFile()) {
        response.writeHead(404).end();
        return;
    }
    response.writeHead(200, { 'content-type': KINDS[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
}

/** The two ways to read the book: over HTTP from a host, and straight from a disk. */
export const ways = {
    served: () => `http://127.0.0.1:${server.address().port}${BELOW}`,
    'file://': () => `${pathToFileURL(dist)}/`,
};

/** Every page of the book but the one for the printer, as `vi/03-stream.html`. */
export function pages(lang) {
    const names = readdirSync(join(dist, lang)).filter((name) => name.endsWith('.html'));
    return names.filter((name) => !['toc.html', 'print.html'].includes(name)).map((name) => `${lang}/${name}`);
}

/** A test that is skipped when there is no browser. */
export function browserTest(name, run) {
    test(name, { skip: missing }, run);
}

/**
 * Runs `use(page)` in a fresh browser profile, then expects that nothing went wrong on the way:
 * no error on the console, no exception, no request that failed, and none that left this machine.
 */
export async function withPage(options, use) {
    const context = await browser.newContext(options);
    const trouble = [];
    const ours = (url) => /^(file:|data:|about:|blob:)/.test(url) || url.startsWith(ways.served().replace(BELOW, '/'));
    context.on('request', (request) => ours(request.url()) || trouble.push(`a request left: ${request.url()}`));
    context.on('requestfailed', (request) => {
        const reason = request.failure()?.errorText;
        if (reason !== 'net::ERR_ABORTED') { // the test left the page while something was still loading
            trouble.push(`${request.url()}: ${reason}`);
        }
    });
    context.on('response', (response) => response.status() >= 400 && trouble.push(`${response.status()} ${response.url()}`));
    context.on('console', (message) => message.type() === 'error' && trouble.push(`console: ${message.text()}`));
    context.on('weberror', (error) => trouble.push(`exception: ${error.error().message}`));
    // The print page opens the printer's dialogue by itself.
    await context.addInitScript(() => { window.print = () => {}; });
    const page = await context.newPage();
    try {
        await use(page);
        assert.deepEqual(trouble, []);
    } finally {
        await context.close();
    }
}
