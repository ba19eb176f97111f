// Bars above the hours of a day: drag one to move it, its ends to stretch it, by steps of a quarter of an hour; the arrow keys do the same. Without script the hours are typed.
const day = 24 * 60, step = 15;
const form = document.querySelector('form.week');

const minutes = text => { const [h, m] = text.split(':').map(Number); return h * 60 + m; };
const clock = at => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
const within = (value, low, high) => Math.min(high, Math.max(low, value));

// Only what is plain hours is drawn; what somebody is still typing stays theirs.
function read(text) {
  const parts = text.split(',').map(p => p.trim()).filter(Boolean);
  const found = parts.map(p => /^(\d{1,2}:\d{2})-(\d{1,2}:\d{2})( \p{L}[\p{L} -]*)?$/u.exec(p));
  if (found.some(f => !f)) return null;
  return found.map(f => ({ from: minutes(f[1]), to: minutes(f[2]), mode: f[3] || '' })).filter(b => b.from < b.to && b.to <= day).sort((a, b) => a.from - b.from);
}

function set(track, bars) {
  const input = document.getElementById(track.dataset.for);
  input.value = bars.map(b => `${clock(b.from)}-${clock(b.to)}${b.mode}`).join(', ');
  draw(track, bars);
}

function limits(bars, i) { return [i > 0 ? bars[i - 1].to : 0, i < bars.length - 1 ? bars[i + 1].from : day]; }

function change(track, bars, i, what, by) {
  const bar = bars[i], [low, high] = limits(bars, i);
  if (what === 'from') bar.from = within(bar.from + by, low, bar.to - step);
  else if (what === 'to') bar.to = within(bar.to + by, bar.from + step, high);
  else { const moved = within(by, low - bar.from, high - bar.to); bar.from += moved; bar.to += moved; }
  set(track, bars);
}

function drag(track, bars, i, what, event) {
  event.preventDefault();
  const start = event.clientX, width = track.clientWidth, before = { ...bars[i] };
  let last = 0;
  const move = e => {
    const by = Math.round((e.clientX - start) / width * day / step) * step;
    if (by === last) return;
    last = by;
    Object.assign(bars[i], before);
    change(track, bars, i, what, by);
  };
  const end = () => { removeEventListener('pointermove', move); removeEventListener('pointerup', end); removeEventListener('pointercancel', end); };
  addEventListener('pointermove', move); addEventListener('pointerup', end); addEventListener('pointercancel', end);
}

function handle(track, bars, i, what) {
  const bar = bars[i], knob = document.createElement('span'), label = document.querySelector(`label[for=${track.dataset.for}]`).textContent;
  knob.className = `knob ${what}`;
  knob.tabIndex = 0;
  knob.setAttribute('role', 'slider');
  knob.setAttribute('aria-label', `${label}, ${what === 'from' ? form.dataset.start : form.dataset.end}`);
  knob.setAttribute('aria-valuemin', 0);
  knob.setAttribute('aria-valuemax', day);
  knob.setAttribute('aria-valuenow', bar[what]);
  knob.setAttribute('aria-valuetext', clock(bar[what]));
  knob.style.left = `${bar[what] / day * 100}%`;
  knob.addEventListener('pointerdown', e => drag(track, bars, i, what, e));
  knob.addEventListener('keydown', e => {
    const by = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -4 * step, PageUp: 4 * step }[e.key];
    if (!by) return;
    e.preventDefault();
    change(track, bars, i, what, by);
    track.querySelectorAll(`.knob.${what}`)[i].focus();
  });
  return knob;
}

function draw(track, bars) {
  track.replaceChildren();
  bars.forEach((bar, i) => {
    const body = document.createElement('span');
    body.className = 'bar-body';
    body.style.left = `${bar.from / day * 100}%`;
    body.style.width = `${(bar.to - bar.from) / day * 100}%`;
    body.addEventListener('pointerdown', e => drag(track, bars, i, 'both', e));
    track.append(body, handle(track, bars, i, 'from'), handle(track, bars, i, 'to'));
  });
}

for (const track of form.querySelectorAll('.track')) {
  const input = document.getElementById(track.dataset.for);
  const show = () => { const bars = read(input.value); track.classList.toggle('unread', !bars); if (bars) draw(track, bars); };
  input.addEventListener('input', show);
  show();
}
form.classList.add('drawn');
