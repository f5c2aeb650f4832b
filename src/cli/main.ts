#!/usr/bin/env node
import { runCli } from './run-cli.ts';

// A reader that had enough (`acs-relay … | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  cwd: process.cwd(),
};

// Only the code is set: the process ends by itself once everything is written.
runCli(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
