// Starts the server of the room, browsers that report every error on the page, and the other two kinds
// of client: a terminal and a script.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const COURSE = resolve(HERE, '../../../..');
// The packages are the book's: one browser driver for the course.
export const require = createRequire(resolve(COURSE, 'crates/book/tests/package.json'));
const { chromium } = await import(pathToFileURL(resolve(dirname(require.resolve('playwright-core/package.json')), 'index.mjs')));

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
    '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const DEADLINE = 15_000; // ms, for everything that a test waits for

const missing = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}; install chromium, or name it in CHROMIUM`;
const python = spawnSync('python3', ['-c', 'from websockets import connect']);
const missingPython = missing || (python.status === 0 ? false : 'there is no python3 with the package websockets');
if ((missing || missingPython) && process.env.COURSE_TEST_ALL === '1') {
    throw new Error(missing || missingPython);
}

let browser;
let program;
const started = new Set();

before(async () => {
    if (missing) {
        return;
    }
    program = process.env.LESSON16 ? resolve(process.env.LESSON16) : build();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});

after(async () => {
    await browser?.close();
    for (const child of started) child.kill('SIGKILL');
});

/** Builds the lesson and asks cargo where it put the program. */
function build() {
    const run = spawnSync('cargo', ['build', '--quiet', '-p', 'lesson16', '--message-format=json'], { cwd: COURSE, encoding: 'utf8', maxBuffer: 64 << 20 });
    assert.equal(run.status, 0, `lesson16 does not build:\n${run.stderr}`);
    const built = run.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
    return built.find((one) => one.executable && one.target.name === 'lesson16').executable;
}

/** A test that is skipped when there is no browser, or (with `script`) no Python for the script. */
export function roomTest(name, run, { script = false } = {}) {
    test(name, { skip: script ? missingPython : missing, timeout: 60_000 }, run);
}

/** Starts a program. Tests can type to it, and wait for its lines. */
function start(command, args) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    started.add(child);
    let output = '';
    const waiting = new Set();
    const append = (bytes) => {
        output += bytes;
        for (const look of waiting) look();
    };
    child.stdout.setEncoding('utf8').on('data', append);
    child.stderr.setEncoding('utf8').on('data', append);
    const ended = new Promise((done) => child.once('close', (code) => { started.delete(child); done(code); }));
    return {
        type: (line) => child.stdin.write(`${line}\n`),
        end: () => child.stdin.end(),
        ended,
        kill: async (signal = 'SIGKILL') => { child.kill(signal); await ended; },
        line: (wanted) => new Promise((done, fail) => {
            const timer = setTimeout(() => { waiting.delete(look); fail(new Error(`${wanted} never came; ${command} printed:\n${output}`)); }, DEADLINE);
            const look = () => {
                const found = output.split('\n').find((line) => line.match(wanted));
                if (found !== undefined) {
                    clearTimeout(timer);
                    waiting.delete(look);
                    done(found);
                }
            };
            waiting.add(look);
            look();
        }),
    };
}

/** Starts `serve`, on the given address if there is one. */
export async function serve(address = '127.0.0.1:0') {
    const server = start(program, ['serve', address, '--lang', 'en']);
    const [, at] = (await server.line(/^LISTENING \S+$/)).split(' ');
    return { ...server, address: at, url: `http://${at}/` };
}

/** Starts `connect`: a member in a terminal. */
export const terminal = (address) => start(program, ['connect', address, '--lang', 'en']);

/** Starts `room.py`: a member that is a script. */
export const script = (address, ...more) => start('python3', [resolve(HERE, '../../room.py'), `ws://${address}/`, ...more]);

/**
 * Opens a page in a fresh profile. `page.check()` fails after any error on the console, any exception, and
 * any request to another machine. Errors that the test itself provokes match `expected`.
 */
export async function open(url, { expected = /^$/, ...options } = {}) {
    const context = await browser.newContext({ locale: 'vi-VN', ...options });
    const errors = [];
    const note = (text) => expected.test(text) || errors.push(text);
    const ours = (target) => target.startsWith('blob:') || new URL(target).host === new URL(url).host;
    context.on('request', (request) => ours(request.url()) || errors.push(`a request left: ${request.url()}`));
    context.on('console', (message) => ['error', 'warning'].includes(message.type()) && note(`console: ${message.text()}`));
    context.on('weberror', (error) => note(`exception: ${error.error().message}`));
    const page = await context.newPage();
    page.setDefaultTimeout(DEADLINE);
    page.on('websocket', (socket) => ours(socket.url().replace(/^ws/, 'http')) || errors.push(`a WebSocket left: ${socket.url()}`));
    await page.goto(url);
    return Object.assign(page, {
        check: () => assert.deepEqual(errors, []),
        done: async () => { page.check(); await context.close(); },
        enter: async (name) => {
            await page.fill('#name', name);
            await page.keyboard.press('Enter');
            await page.locator('#room').waitFor();
        },
        send: async (line) => {
            await page.fill('#line', line);
            await page.locator('#line').press('Enter');
        },
        /** Waits until this line is shown; returns how often it is. */
        received: async (line) => {
            const entry = page.locator('.entry', { has: page.locator('.content').getByText(line, { exact: true }) });
            await entry.first().waitFor();
            return entry.count();
        },
        state: (name) => page.locator(`#state[data-state="${name}"]`).waitFor(),
    });
}
