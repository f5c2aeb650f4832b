import { announce } from './announce.ts';
import { byId } from './by-id.ts';
import { connect } from './connect.ts';
import { createStore } from './create-store.ts';
import { derive } from './derive.ts';
import { setUpDetail } from './detail/set-up-detail.ts';
import { setUpPhone } from './phone/set-up-phone.ts';
import { renderTopBar } from './render-top-bar.ts';
import { setUpPanes } from './set-up-panes.ts';
import { setUpStream } from './set-up-stream.ts';
import { setUpTheme } from './theme.ts';
import { setUpTryIt } from './try-it/set-up-try-it.ts';
import { updateCountdowns } from './update-countdowns.ts';

/* The entry of the page: everything is drawn from one state, at most once for each frame. */

/** How often countdowns move, milliseconds. */
const tickMs = 250;

let planned = false;
const plan = () => {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    draw();
  });
};
const store = createStore(plan);
const parts = [setUpPanes, setUpTryIt, setUpStream, setUpPhone, setUpDetail].map((setUp) => setUp(store));

function draw(): void {
  const derived = derive(store.get());
  renderTopBar(store.get(), derived);
  for (const render of parts) render(derived);
  updateCountdowns(store.now());
}

setUpTheme();
connect(store, (entries) => announce(byId('announcer'), store.get(), entries));
setInterval(() => {
  if (!document.hidden) draw();
}, tickMs);
plan();
