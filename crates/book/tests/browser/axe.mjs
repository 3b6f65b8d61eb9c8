// axe-core, run in a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls serious or critical, with the first places where it is found. */
export async function faults(page) {
    await page.evaluate(AXE);
    const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'], preload: false }));
    const grave = result.violations.filter((fault) => ['serious', 'critical'].includes(fault.impact));
    return grave.map((fault) => `${fault.id}: ${fault.help}\n  ${fault.nodes.slice(0, 3).map((node) => node.html + '\n    ' + (node.any[0]?.message ?? '')).join('\n  ')}`);
}
