/** The Chromium that frames are measured in: rendered in software and uncapped. */
import fs from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { CannotRun } from './measure';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-gpu-vsync', '--disable-frame-rate-limit', '--disable-quic', '--no-first-run'];

/** @throws CannotRun where there is no Chromium */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!fs.existsSync(executablePath)) {
    throw new CannotRun(`no Chromium at ${executablePath}: install one or name it with CHROMIUM_PATH`);
  }
  return chromium.launch({ executablePath, args: FLAGS });
}
