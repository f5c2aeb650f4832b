#!/usr/bin/env node
import { runCli } from './run-cli.ts';

// A reader that stops early (`acs-relay … | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  cwd: process.cwd(),
};

// No process.exit(): everything must be written first.
runCli(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
