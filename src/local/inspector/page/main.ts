import { announce } from './announcer.ts';
import { connect } from './connection.ts';
import { derive } from './derive.ts';
import { setUpDetail } from './detail/detail.ts';
import { updateCountdowns } from './format.ts';
import { setUpPanes } from './panes.ts';
import { setUpPhone } from './phone/phone.ts';
import { createStore } from './store.ts';
import { setUpStream } from './stream.ts';
import { renderTopBar, setUpTheme } from './top-bar.ts';
import { setUpTryIt } from './try-it/try-it.ts';

/* The entry of the page: everything is rendered from one state, at most once per frame. */

/** Update interval of countdowns, milliseconds. */
const tickMs = 250;

let planned = false;
function plan() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    draw();
  });
}
const store = createStore(plan);
const parts = [setUpPanes, setUpTryIt, setUpStream, setUpPhone, setUpDetail].map((setUp) => setUp(store));

function draw(): void {
  const derived = derive(store.get());
  renderTopBar(store.get(), derived);
  for (const render of parts) render(derived);
  updateCountdowns(store.now());
}

setUpTheme();
connect(store, (entries) => announce(store.get(), entries));
setInterval(() => {
  if (!document.hidden) draw();
}, tickMs);
plan();
