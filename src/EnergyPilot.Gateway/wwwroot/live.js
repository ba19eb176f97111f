// Keeps the live parts of a page up to date from its event stream, and says so when it cannot.
const live = document.getElementById('live');
const lost = document.getElementById('lost');
const asOf = document.getElementById('as-of');

// The control runs every ten seconds and each cycle sends an event: this long without one means trouble.
const patience = 45_000;
const retry = 5_000;
let stream;
let watchdog;

function connect() {
  stream?.close();
  stream = new EventSource(live.dataset.address);
  stream.onmessage = (event) => show(JSON.parse(event.data));
  stream.onerror = () => {
    sayLost();
    // A browser tries again by itself, except after an answer that is no stream (the gateway is starting).
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, retry);
  };
  watch();
}

function watch() {
  clearTimeout(watchdog);
  watchdog = setTimeout(() => { sayLost(); connect(); }, patience);
}

function show({ at, parts }) {
  watch();
  for (const [id, html] of Object.entries(parts)) {
    const part = document.getElementById(id);
    if (!part) return reload();
    put(part, html);
  }
  asOf.textContent = at;
  if (live.classList.contains('is-lost')) {
    live.classList.remove('is-lost');
    lost.textContent = '';
  }
}

// What has the keyboard keeps it: the same link in the new content gets the focus back.
function put(part, html) {
  const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  part.innerHTML = html;
  if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
}

function sayLost() {
  if (live.classList.contains('is-lost')) return;
  live.classList.add('is-lost');
  lost.textContent = live.dataset.lost.replace('#', asOf.textContent);
}

// The school has parts that this page does not know: its configuration changed. Once a minute at most.
function reload() {
  const last = Number(sessionStorage.getItem('reloaded') ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem('reloaded', Date.now());
  location.reload();
}

// A phone that wakes up has slept through its events.
document.addEventListener('visibilitychange', () => { if (!document.hidden) connect(); });
addEventListener('pagehide', () => stream?.close());
addEventListener('pageshow', (event) => { if (event.persisted) connect(); });
connect();
