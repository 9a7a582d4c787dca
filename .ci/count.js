// Prints how many checks passed, failed and were skipped, from what `./socketlab test` left:
//
//   checks.txt    a line for each of types, lint and tests: "lint passed"
//   vitest.json   Vitest's report, which has the single tests
import { existsSync, readFileSync } from 'node:fs';

const read = (name) => {
  const path = new URL(`../test-results/${name}`, import.meta.url);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

const checks = read('checks.txt').match(/^(types|lint) .*$/gm) ?? [];
const report = JSON.parse(read('vitest.json') || '{}');

// A file that cannot be loaded fails without a failed test.
const broken = (report.testResults ?? []).filter(
  (file) =>
    file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
);

const passed =
  (report.numPassedTests ?? 0) + checks.filter((line) => line.endsWith(' passed')).length;
const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
let failed =
  (report.numFailedTests ?? 0) +
  broken.length +
  checks.filter((line) => line.endsWith(' failed')).length;

// Some failures are in no report: an error between tests, a set-up that ended early.
if (process.argv[2] !== '0') failed = Math.max(failed, 1);

console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
